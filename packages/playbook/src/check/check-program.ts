import type { Place, Task } from "@evenkeel/core";
import type { Seen } from "../seen.ts";
import type { PlayFrame } from "../variables/frame.ts";
import type { World } from "../variables/world.ts";
import type { Mistakes } from "../written/mistakes.ts";
import { actsHere } from "./acts-here.ts";
import { checkPatterns } from "./check-patterns.ts";
import { checkTexts } from "./check-texts.ts";
import { CheckedHost } from "./checked-host.ts";
import { Findings } from "./findings.ts";
import type { Passed } from "./go-through.ts";
import { GoThrough } from "./go-through.ts";
import { representatives } from "./representatives.ts";

interface Checked {
  readonly seen: Seen;
  readonly world: World;
  readonly mistakes: Mistakes;
  /** Takes the memories that hosts have while nothing runs, and nothing to end that. */
  standIn(memories: ((host: string) => CheckedHost["memory"]) | undefined): void;
}

/** Finds the mistakes that only show when all has been read: what goes together, and what is missing on which host. */
export async function checkProgram({ seen, world, mistakes, standIn }: Checked): Promise<void> {
  checkPatterns(seen, world, mistakes);
  const hosts = new Map<string, CheckedHost>();
  const checked = (name: string) => {
    const host = hosts.get(name) ?? new CheckedHost(name, seen.lost);
    hosts.set(name, host);
    return host;
  };
  const passed: Passed = { certain: new Set(), clear: new Set() };
  const findings = new Findings(seen.tasks.some(actsHere), registeredIn(seen));
  const looked = new Set<string>();
  standIn((name) => checked(name).memory);
  try {
    for (const { play, frame } of seen.plays) {
      const chosen = representatives(hostsOf(frame.play, mistakes), world.inventory, seen.tasks.length);
      for (const host of chosen) looked.add(host);
      const { lostHandlers } = seen;
      const going = { play, hosts: chosen.map(checked), findings, passed, lostHandlers, placeOfCall: callsIn(seen) };
      await new GoThrough(going).run();
    }
    findings.tell(mistakes, looked.size);
    checkTexts({ seen, world, mistakes, passed });
  } finally {
    standIn(undefined);
  }
}

function registeredIn({ tasks }: Seen): ReadonlyMap<string, Place> {
  const written = tasks.flatMap(({ heritage }) => heritage.keywords.get("register") ?? []);
  return new Map(written.map((each) => [String(each.value), each.place]));
}

function callsIn(seen: Seen): (task: Task, handler: string) => Place {
  return (task, handler) => {
    const [written] = seen.tasks.find(({ id }) => id === task.id)?.heritage.all("notify") ?? [];
    const item = written?.items.find(({ value }) => value === handler);
    return (item ?? written)?.place ?? task.place;
  };
}

/** None when the pattern is wrong, which is told. */
function hostsOf(play: PlayFrame, mistakes: Mistakes): readonly string[] {
  try {
    return play.hosts();
  } catch (error) {
    mistakes.catch(error);
    return [];
  }
}

import { dirname } from "node:path";
import type { Handler, Meta, Node, Open, Play, RunFacts } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { Heritage } from "../keywords/heritage.ts";
import { readKeywords } from "../keywords/read-keywords.ts";
import { refuseKeywords } from "../keywords/refused-keywords.ts";
import type { Here, Reading } from "../reading.ts";
import { compileRole, handlersOf } from "../roles/compile-role.ts";
import { readRoleEntry, roleNameIn, useRole } from "../roles/use-role.ts";
import { scopeFor } from "../tasks/build-task.ts";
import { environmentEntries } from "../tasks/open-keywords.ts";
import { readHandlers } from "../tasks/read-handlers.ts";
import { readNodes } from "../tasks/read-nodes.ts";
import { fixed } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { describe, text, texts } from "../values/value-type.ts";
import { checkedVars } from "../variables/checked-vars.ts";
import type { Frame, PlayFrame } from "../variables/frame.ts";
import { hostless } from "../variables/play-scope.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { gatherFacts } from "./gather-facts.ts";
import { checkOrder, PlayHosts } from "./play-hosts.ts";
import { PlayReading } from "./play-reading.ts";
import { openSettings } from "./play-settings.ts";
import type { Importing, ReadPlay } from "./read-playbook.ts";
import { readPrompts } from "./read-prompts.ts";

/** One play: its roles and lists of tasks become one, with handlers flushed in between. */
export function readPlay(item: Written, reading: Reading, importing: Importing): readonly ReadPlay[] {
  const { mistakes, world } = reading;
  const entries = item.entries.map(([key, value]) => [key === "user" ? "remote_user" : key, value] as const);
  const keywords = readKeywords(entries, "play", mistakes);
  refuseKeywords(keywords, mistakes);
  const hosts = keywords.get("hosts");
  if (hosts === undefined) {
    if (!item.get("hosts") || item.get("hosts")?.value === null)
      mistakes.add({ code: "no-hosts", message: "a play needs `hosts`", place: item.place });
    return [];
  }
  const play = new PlayReading();
  const file = importing.files.at(-1) ?? "";
  const prompted = new Map<string, Written>();
  const playHosts = new PlayHosts(hosts, keywords.get("order"), world, () => hostless(world, frame));
  const playFrame: PlayFrame = {
    get name() {
      return nameOf(keywords.get("name"), hosts, () => hostless(world, frame));
    },
    vars: {
      level: "play vars",
      entries: new Map([
        ...checkedVars("play vars", keywords.get("vars"), mistakes).entries,
        ...importing.vars.flatMap((each) => [...each.entries]),
      ]),
    },
    prompted: { level: "play vars_prompt", entries: prompted },
    varsFiles: filesIn(keywords.get("vars_files")),
    directory: dirname(file),
    roles: (memory) => play.roles(memory),
    roleNames: play.roleNames,
    dependencyNames: play.dependencyNames,
    hosts: () => playHosts.all(),
    isOut: (host) => playHosts.isOut(host),
    isHere: () => /^(localhost|127\.0\.0\.1|::1)$/.test(String(hosts.value)),
  };
  const handed = importing.keywords.reduce(
    (above, each) => above.with(pick(each, ["tags", "when"])),
    new Heritage(new Map()),
  );
  const heritage = handed.with(keywords);
  const frame: Frame = {
    play: playFrame,
    taskVars: [],
    includeParams: [],
    carried: {},
    searchPath: [dirname(file)],
    environment: environmentEntries(heritage),
  };
  const here: Here = { reading, heritage, frame, play, isHandler: false, within: [file] };
  const sections = readSections(keywords, here, item);
  checkOrder(keywords.get("order"), mistakes);
  const settings = openSettings(keywords, reading, () => hostless(world, frame));
  const hosted = {
    name: playFrame.name,
    place: item.place,
    hosts: (run: RunFacts) => playHosts.select(run),
    ...sections,
  };
  // Settings are worked out when they are asked for, and are not to be copied before.
  const built: Play = Object.defineProperties(hosted, Object.getOwnPropertyDescriptors(settings)) as Play;
  reading.seen?.play({ play: built, frame, keywords, hosts });
  return [{ play: built, prompts: readPrompts(keywords.get("vars_prompt"), reading, prompted) }];
}

interface Sections {
  readonly nodes: readonly Node[];
  readonly handlers: readonly Handler[];
}

/** Roles are read first, as tasks may see their variables. */
function readSections(keywords: ReadonlyMap<string, Written>, here: Here, item: Written): Sections {
  const uses = (keywords.get("roles")?.items ?? []).flatMap((entry) => {
    const name = roleName(entry, here);
    const use = name === undefined ? undefined : useRole(readRoleEntry(entry, name, here), here);
    if (use) here.play.addPublic(use.frame);
    return use ?? [];
  });
  const roleHandlers = uses.flatMap((use) => handlersOf(use, here));
  const own = readHandlers(keywords.get("handlers"), { ...here, isHandler: true });
  const facts = gatherFacts(keywords, here, item);
  const before = readNodes(keywords.get("pre_tasks"), here);
  const roles = uses.flatMap((use) => compileRole(use, here));
  const tasks = readNodes(keywords.get("tasks"), here);
  const after = readNodes(keywords.get("post_tasks"), here);
  const flush = (nodes: readonly Node[], rest: readonly Node[]) =>
    nodes.length > 0 && rest.length > 0 ? [flushIn(here, item)] : [];
  const middle = [...roles, ...tasks];
  return {
    nodes: [...facts, ...before, ...flush(before, [...middle, ...after]), ...middle, ...flush(middle, after), ...after],
    handlers: [...roleHandlers, ...own, ...here.play.importedHandlers],
  };
}

function roleName(entry: Written, here: Here): string | undefined {
  const name = roleNameIn(entry);
  if (name !== undefined)
    return String(prepare(entry.standingFor(name)).resolve(hostless(here.reading.world, here.frame)));
  here.reading.mistakes.add({
    code: "role",
    message: `expected a role, found ${describe(entry.value)}`,
    place: entry.place,
  });
  return undefined;
}

function flushIn(here: Here, item: Written): Meta {
  const never: Open<boolean> = fixed(false);
  const { world } = here.reading;
  return {
    node: "meta",
    id: "flush",
    name: fixed("flush_handlers"),
    place: item.place,
    action: "flush_handlers",
    when: [],
    runsOnce: never,
    scope: scopeFor(world, here.frame),
  };
}

/** A name that cannot be made out yet is shown as it was written. */
function nameOf(written: Written | undefined, hosts: Written, scope: () => TaskScope): string {
  if (written === undefined) return (texts.read(hosts.value) ?? []).join(",");
  try {
    return text.read(prepare(written).resolve(scope())) ?? "";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return String(written.value);
  }
}

function filesIn(written: Written | undefined): readonly Written[] {
  if (written === undefined) return [];
  return Array.isArray(written.value) ? written.items : [written];
}

function pick(keywords: ReadonlyMap<string, Written>, names: readonly string[]): ReadonlyMap<string, Written> {
  return new Map([...keywords].filter(([name]) => names.includes(name)));
}

import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quote } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";

/** When a file was last read and modified, in seconds since 1970. */
export type FileTimes = { readonly state: "absent" } | PresentTimes;

interface PresentTimes {
  readonly state: "present";
  readonly accessed?: number;
  readonly modified?: number;
  /** The times that were asked about, which only the host can say: they are in its time zone. */
  readonly asked?: Readonly<Partial<Record<Which, number>>>;
}

type Which = "accessed" | "modified";

/** Each of them as it is to be: now, or a time of the host's clock: `2026-01-31 23:59:59`. */
export interface DesiredTimes extends Readonly<Partial<Record<Which, "now" | { readonly at: string }>>> {
  /** Where it lies, when the key does not say so. */
  readonly path?: string;
}

/** The times of a file, or of what a link leads to. `via` names the times of the clock that it is to be compared with. */
export const fileTimes = defineKind<FileTimes, DesiredTimes>({
  name: "file-times",
  read(paths, via) {
    const asked = Object.entries((via ?? {}) as Readonly<Partial<Record<Which, string>>>);
    const clock = asked.map(([which, at]) => `echo ${which} $(date -d ${quote(at)} +%s)`);
    const files = paths.map((path) => `stat -Lc '%X %Y' -- ${pathWord(path)} 2>/dev/null || echo absent`);
    return [...clock, "echo", ...files].join("\n");
  },
  parse(output, paths) {
    const [clock = "", times = ""] = Buffer.from(output)
      .toString()
      .split(/(?:^|\n)\n/);
    const asked = Object.fromEntries(clock.split("\n").flatMap((line) => pair(line)));
    const lines = times.split("\n");
    return new Map(paths.map((path, index) => [path, stateOf(lines[index] ?? "absent", asked)]));
  },
  ensure(actual, desired) {
    const { accessed, modified } = desired;
    if (accessed === undefined && modified === undefined) return [];
    const isAct = accessed === "now" || modified === "now";
    const after = wanted(actual, desired);
    if (!isAct && !isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeTimes(actual, desired, after, isAct)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  unsettles: ({ key }) => [{ kind: "stat", key, because: `${key} is touched before` }],
  describe: (state) => ({
    state: state.state,
    ...(state.state === "present" && state.accessed !== undefined && { accessed: clockTime(state.accessed) }),
    ...(state.state === "present" && state.modified !== undefined && { modified: clockTime(state.modified) }),
  }),
});

function pair(line: string): [string, number][] {
  const [which = "", seconds = ""] = line.split(" ");
  return /^\d+$/.test(seconds) ? [[which, Number(seconds)]] : [];
}

function stateOf(line: string, asked: PresentTimes["asked"] & object): FileTimes {
  const [accessed, modified] = line.split(" ").map(Number);
  if (accessed === undefined || modified === undefined || Number.isNaN(modified)) return { state: "absent" };
  return { state: "present", accessed, modified, asked };
}

function wanted({ state }: Observed<FileTimes>, desired: DesiredTimes): FileTimes {
  const asked = !isUnsettled(state) && state.state === "present" ? state.asked : undefined;
  const times = (["accessed", "modified"] as const).flatMap((which) => {
    const time = desired[which];
    const seconds = asked?.[which];
    return typeof time === "object" && seconds !== undefined ? [[which, seconds]] : [];
  });
  return { state: "present", ...Object.fromEntries(times) };
}

function isAsPlanned(actual: FileTimes, after: FileTimes): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return (["accessed", "modified"] as const).every(
    (which) => after[which] === undefined || actual[which] === after[which],
  );
}

function changeTimes(
  { kind, key, via, state }: Observed<FileTimes>,
  desired: DesiredTimes,
  after: FileTimes,
  isAct: boolean,
): Change<FileTimes> {
  const { path = key } = desired;
  const steps = (["accessed", "modified"] as const).flatMap((which) => {
    const time = desired[which];
    if (time === undefined) return [];
    return [touch(which, time === "now" ? undefined : time.at, path)];
  });
  const before = !isUnsettled(state) && state.state === "present" ? state : undefined;
  const undo = (["accessed", "modified"] as const).flatMap((which) => {
    const seconds = before?.[which];
    return seconds === undefined || desired[which] === undefined ? [] : [touch(which, `@${seconds}`, path)];
  });
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: isAct ? "run" : "ensure" },
    ...{ before: state, after, steps, undo, interrupts: "nothing" },
  };
}

function touch(which: Which, at: string | undefined, path: string): Step {
  const flags = [which === "accessed" ? "-a" : "-m", ...(at === undefined ? [] : ["-d", at])];
  return { do: "run", argv: ["touch", "-c", ...flags, "--", path] };
}

function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

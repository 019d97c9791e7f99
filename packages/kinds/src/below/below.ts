import type { Change, Observed, RunStep, Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { exactMode, isAccount } from "../file/attributes.ts";
import type { Attributes } from "../file/desired-file.ts";
import { octalMode } from "../file/mode.ts";

/** What is below a folder and is not as it is to be; `via` says how it is to be. */
export type BelowState =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly differing: readonly Entry[] };

interface Entry {
  readonly path: string;
  readonly isLink: boolean;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** So many can be brought back one by one. */
const UNDONE_UP_TO = 1000;
/** So many are named to people. */
const NAMED_UP_TO = 20;

/** The attributes of everything below a folder: asked as `below(folder, attributes)`. Links are not followed. */
export const below = defineKind<BelowState, Attributes>({
  name: "below",
  read(folders, via) {
    const { mode, owner, group } = (via ?? {}) as Attributes;
    const asked = mode === undefined ? "-" : isOctal(mode) ? mode : "*";
    const calls = folders.map((folder) => `evk_below ${quoteAll([folder, asked, owner ?? "-", group ?? "-"])}`);
    return `${readWords(new URL("./read.sh", import.meta.url))}${calls.join("\n")}`;
  },
  parse(output, folders, via) {
    const answers: string[][] = [[]];
    for (const piece of Buffer.from(output).toString().split("\0")) {
      if (piece === ".") answers.push([]);
      else answers.at(-1)?.push(piece);
    }
    return new Map(folders.map((folder, index) => [folder, stateOf(folder, answers[index] ?? [], via as Attributes)]));
  },
  ensure(actual, desired) {
    const { state } = actual;
    const after: BelowState = { state: "present", differing: [] };
    if (!isUnsettled(state) && isAsPlanned(state, after)) return [];
    return [changeBelow(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  unsettles: ({ before, key }) =>
    isUnsettled(before) || before.state === "absent"
      ? []
      : before.differing.flatMap(({ path }) =>
          ["file", "stat"].map((kind) => ({ kind, key: path, because: `${key} is changed with all below it before` })),
        ),
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const shown = state.differing.slice(0, NAMED_UP_TO);
    const more = state.differing.length - shown.length;
    return {
      ...Object.fromEntries(shown.map(({ path, mode, owner, group }) => [path, `${mode} ${owner}:${group}`])),
      ...(more > 0 && { "…": `${more} more` }),
      differing: String(state.differing.length),
    };
  },
});

function isAsPlanned(actual: BelowState, after: BelowState): boolean {
  return actual.state === "present" && after.state === "present" && actual.differing.length === 0;
}

function isOctal(mode: string): boolean {
  return /^[0-7]+$/.test(mode);
}

function stateOf(folder: string, answer: readonly string[], wanted: Attributes): BelowState {
  if (answer[0] === "absent") return { state: "absent" };
  const entries = answer.flatMap((line) => readEntry(folder, line) ?? []);
  return { state: "present", differing: entries.filter((entry) => isDifferent(entry, wanted)) };
}

/** Only what is below the folder, whatever a name tries to say. */
function readEntry(
  folder: string,
  line: string,
): (Entry & { uid: number; gid: number; isDirectory: boolean }) | undefined {
  const [, sort = "", mode = "", uid, gid, owner = "", group = "", path = ""] =
    /^([^:]*):([0-7]+):(\d+):(\d+):([^:]*):([^:]*):(.*)$/s.exec(line) ?? [];
  if (!path.startsWith(`${folder.replace(/\/$/, "")}/`) || path.split("/").includes("..")) return undefined;
  return {
    ...{ path, owner, group, uid: Number(uid), gid: Number(gid), mode: mode.padStart(4, "0") },
    isLink: sort === "l" || sort === "symbolic link",
    isDirectory: sort === "d" || sort === "directory",
  };
}

function isDifferent(
  entry: Entry & { uid: number; gid: number; isDirectory: boolean },
  { mode, owner, group }: Attributes,
): boolean {
  const wanted = mode === undefined || entry.isLink ? entry.mode : octalMode(mode, entry);
  return (
    wanted !== entry.mode ||
    !isAccount({ name: entry.owner, id: entry.uid }, owner) ||
    !isAccount({ name: entry.group, id: entry.gid }, group)
  );
}

function changeBelow(
  { kind, key, via, state }: Observed<BelowState>,
  { mode, owner, group }: Attributes,
  after: BelowState,
): Change<BelowState> {
  const whose = `${owner ?? ""}${group === undefined ? "" : `:${group}`}`;
  const steps: Step[] = [
    ...(whose === "" ? [] : [run("chown", "-hR", whose, "--", key)]),
    ...(mode === undefined ? [] : [run("chmod", "-R", isOctal(mode) ? exactMode(mode) : mode, "--", key)]),
  ];
  const undo = !isUnsettled(state) && state.state === "present" ? undoOf(state.differing) : [];
  return { kind, key, via, action: "ensure", before: state, after, steps, undo, interrupts: "nothing" };
}

function undoOf(entries: readonly Entry[]): readonly RunStep[] {
  if (entries.length > UNDONE_UP_TO) return [];
  const lines = entries
    .filter(({ path }) => !path.includes("\n"))
    .map(({ isLink, mode, owner, group, path }) => `${isLink ? "-" : `0${mode}`} ${owner}:${group} ${path}\n`);
  const script =
    'while IFS= read -r line; do rest=${line#* }; path=${rest#* }; chown -h -- "${rest%% *}" "$path"; case $line in -*) ;; *) chmod -- "${line%% *}" "$path" ;; esac; done';
  return [{ do: "run", argv: ["sh", "-c", script, "evenkeel-attributes"], stdin: lines.join("") }];
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

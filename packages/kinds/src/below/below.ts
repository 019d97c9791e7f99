import type { Change, Observed, RunStep, Step } from "@evenkeel/core";
import { defineKind, quoteAll, readWords } from "@evenkeel/core";
import type { Compared } from "../comparison/comparison.ts";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import { exactMode, isAccount } from "../file/attributes.ts";
import type { Attributes } from "../file/desired-file.ts";
import { octalMode } from "../file/mode.ts";

/** What is below a folder and is not as it is to be; `via` says how it is to be. */
export type BelowState = Compared<BelowComparison>;

type BelowComparison =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly differing: readonly BelowEntry[] };

export interface BelowEntry {
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
    return new Map(
      folders.map((folder, index) => [
        folder,
        comparedWith(via, stateOf(folder, answers[index] ?? [], via as Attributes)),
      ]),
    );
  },
  ensure(actual, desired) {
    const before = comparisonIn(actual.state, actual.via);
    return before?.state === "present" && before.differing.length === 0 ? [] : [changeBelow(actual, desired, before)];
  },
  isAsPlanned,
  isAbsent: (state) => Object.values(state).every((each) => each.state === "absent"),
  unsettles({ before, key, via }) {
    const comparison = comparisonIn(before, via);
    const because = `${key} is changed with all below it before`;
    if (comparison === undefined) return ["file", "stat"].map((kind) => ({ kind, under: key, because }));
    if (comparison.state === "absent") return [];
    return comparison.differing.flatMap(({ path }) => ["file", "stat"].map((kind) => ({ kind, key: path, because })));
  },
  describe(state) {
    const differing = Object.values(state).flatMap((each) => (each.state === "present" ? each.differing : []));
    const shown = differing.slice(0, NAMED_UP_TO);
    const more = differing.length - shown.length;
    return {
      ...Object.fromEntries(shown.map(({ path, mode, owner, group }) => [path, `${mode} ${owner}:${group}`])),
      ...(more > 0 && { "…": `${more} more` }),
      differing: String(differing.length),
    };
  },
});

function isAsPlanned(actual: BelowState, after: BelowState): boolean {
  return Object.keys(after).every((name) => {
    const own = actual[name];
    return own?.state === "present" && own.differing.length === 0;
  });
}

function isOctal(mode: string): boolean {
  return /^[0-7]+$/.test(mode);
}

function stateOf(folder: string, answer: readonly string[], wanted: Attributes): BelowComparison {
  if (answer[0] === "absent") return { state: "absent" };
  const entries = answer.flatMap((line) => readEntry(folder, line) ?? []);
  return { state: "present", differing: entries.filter((entry) => isDifferent(entry, wanted)) };
}

/** Only what is below the folder, whatever a name tries to say. */
function readEntry(
  folder: string,
  line: string,
): (BelowEntry & { uid: number; gid: number; isDirectory: boolean }) | undefined {
  const [, sort = "", mode = "", uid, gid, owner = "", group = "", path = ""] =
    /^([^:]*):([0-7]+):(\d+):(\d+):([^:]*):([^:]*):(.*)$/s.exec(line) ?? [];
  if (!path.startsWith(`${folder.replace(/\/$/, "")}/`) || path.split("/").includes("..")) return undefined;
  return {
    ...{ path, owner: owner === "UNKNOWN" ? (uid ?? "") : owner, group: group === "UNKNOWN" ? (gid ?? "") : group },
    ...{ uid: Number(uid), gid: Number(gid), mode: mode.padStart(4, "0") },
    isLink: sort === "l" || sort === "symbolic link",
    isDirectory: sort === "d" || sort === "directory",
  };
}

function isDifferent(
  entry: BelowEntry & { uid: number; gid: number; isDirectory: boolean },
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
  before: BelowComparison | undefined,
): Change<BelowState> {
  const after = comparedWith<BelowComparison>(via, { state: "present", differing: [] });
  const whose = `${owner ?? ""}${group === undefined ? "" : `:${group}`}`;
  const steps: Step[] = [
    ...(whose === "" ? [] : [run("chown", "-hR", whose, "--", key)]),
    ...(mode === undefined ? [] : [run("chmod", "-R", isOctal(mode) ? exactMode(mode) : mode, "--", key)]),
  ];
  const undo = before?.state === "present" ? undoOf(before.differing) : [];
  return { kind, key, via, action: "ensure", before: state, after, steps, undo, interrupts: "nothing" };
}

function undoOf(entries: readonly BelowEntry[]): readonly RunStep[] {
  if (entries.length > UNDONE_UP_TO) return [];
  const lines = entries
    .filter(({ path }) => !path.includes("\n"))
    .map(({ isLink, mode, owner, group, path }) => `${isLink ? "-" : `0${mode}`} ${owner}:${group} ${path}\n`);
  const script =
    'while IFS= read -r line; do rest=${line#* }; path=${rest#* }; chown -h -- "${rest%% *}" "$path" || exit; case $line in -*) ;; *) chmod -- "${line%% *}" "$path" || exit ;; esac; done';
  return [{ do: "run", argv: ["sh", "-c", script, "evenkeel-attributes"], stdin: lines.join("") }];
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

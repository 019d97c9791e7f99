import { hash } from "node:crypto";
import type { Change, Observed, Step, Unsettled } from "@evenkeel/core";
import { defineKind, isUnsettled, Secret } from "@evenkeel/core";
import type { FileState, PresentFile } from "./file-state.ts";
import { parseFiles, readFilesScript } from "./read-files.ts";

/** A file as it is to be. What is left out stays as it is, or is 0644 and the login user's where the file is new. */
export interface DesiredFile {
  readonly content: string | Secret;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  /** Run before the file takes its place; `%s` is the path to look at. */
  readonly validate?: readonly string[];
}

/** A file by its absolute path. */
export const file = defineKind<FileState, DesiredFile>({
  name: "file",
  read: readFilesScript,
  parse: parseFiles,
  ensure(actual, desired) {
    const after = wanted(desired);
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeFile(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: (state) => state.type === "absent",
  describe(state) {
    if (state.type === "absent") return { state: "absent" };
    const { type, text, sha256, ...rest } = state;
    return { state: type, ...rest, ...(text !== undefined ? { content: String(text) } : sha256 && { sha256 }) };
  },
});

function wanted({ content, mode, owner, group }: DesiredFile): PresentFile {
  const text = content instanceof Secret ? content.reveal() : content;
  return {
    type: "file",
    ...(mode !== undefined && { mode: mode.padStart(4, "0") }),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
    sha256: hash("sha256", text),
    text: content,
  };
}

/** Whatever a state leaves open may be as it likes; a text is compared by its sum. */
function isAsPlanned(actual: FileState, after: FileState): boolean {
  if (actual.type === "absent" || after.type === "absent") return actual.type === after.type;
  return (["type", "mode", "owner", "group", "sha256", "target"] as const).every(
    (name) => after[name] === undefined || actual[name] === after[name],
  );
}

function changeFile(
  { kind, key, state }: Observed<FileState>,
  desired: DesiredFile,
  after: PresentFile,
): Change<FileState> {
  return {
    kind,
    key,
    action: "ensure",
    before: state,
    after,
    steps: [{ do: "write", path: key, ...desired }],
    undo: undo(key, state),
    interrupts: "nothing",
  };
}

/** A file that we can bring back as it was is brought back; what was never there goes. */
function undo(path: string, before: FileState | Unsettled): readonly Step[] {
  if (isUnsettled(before)) return [];
  if (before.type === "absent") return [{ do: "run", argv: ["rm", "-f", "--", path] }];
  if (before.type !== "file" || before.text === undefined) return [];
  const { text, mode, owner, group } = before;
  return [
    { do: "write", path, content: text, ...(mode && { mode }), ...(owner && { owner }), ...(group && { group }) },
  ];
}

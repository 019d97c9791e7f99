import { defineKind, isUnsettled } from "@evenkeel/core";
import { changeFile, wantedState } from "./change-file.ts";
import type { DesiredFile } from "./desired-file.ts";
import type { FileState } from "./file-state.ts";
import { parseFiles, readFilesScript } from "./read-files.ts";

/** A file, folder or link by its absolute path. */
export const file = defineKind<FileState, DesiredFile>({
  name: "file",
  read: readFilesScript,
  parse: parseFiles,
  ensure(actual, desired) {
    const after = wantedState(desired);
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeFile(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: (state) => state.type === "absent",
  describe(state) {
    if (state.type === "absent") return { state: "absent" };
    const { type, text, sha256, ...rest } = state;
    return { state: type, ...rest, ...(text !== undefined ? { content: text } : sha256 && { sha256 }) };
  },
});

/** Whatever a state leaves open may be as it likes; a text is compared by its sum. */
function isAsPlanned(actual: FileState, after: FileState): boolean {
  if (actual.type === "absent" || after.type === "absent") return actual.type === after.type;
  return (["type", "mode", "owner", "group", "sha256", "target"] as const).every(
    (name) => after[name] === undefined || actual[name] === after[name],
  );
}

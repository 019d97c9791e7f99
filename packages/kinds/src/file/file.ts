import type { Change, Unsettled, Unsettling } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import { isAccount } from "./attributes.ts";
import { changeFile, wantedState } from "./change-file.ts";
import type { DesiredFile } from "./desired-file.ts";
import type { FileState } from "./file-state.ts";
import { parseFiles } from "./parse-files.ts";
import { readFilesScript, SHOWN_UP_TO } from "./read-files.ts";

/** A file, folder or link by its absolute path, or one that begins with `~`; `bare` asks for no content. See also `followedFile` and `longFile`. */
export const file = defineKind<FileState, DesiredFile>({
  name: "file",
  read: readFilesScript,
  parse: parseFiles,
  ensure(actual, desired) {
    const after = wantedState(actual.state, desired);
    const { state } = actual;
    const isOpen = "content" in desired && isUnsettled(desired.content);
    if (!isOpen && !isUnsettled(state) && isAsPlanned(state, after)) return [];
    return [changeFile(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: (state) => state.type === "absent",
  unsettles,
  describe(state) {
    if (state.type === "absent") return { state: "absent" };
    const { type, mode, owner, group, target, text, sha256, size } = state;
    return {
      state: type,
      ...(mode !== undefined && { mode }),
      ...(owner !== undefined && { owner }),
      ...(group !== undefined && { group }),
      ...(target !== undefined && { target }),
      ...(text !== undefined ? { content: text } : sha256 && { sha256 }),
      ...(text === undefined && sha256 !== undefined && size !== undefined && { size: String(size) }),
    };
  },
});

/** Whatever a state leaves open may be as it likes; a text is compared by its sum. */
function isAsPlanned(actual: FileState, after: FileState): boolean {
  if (actual.type === "absent" || after.type === "absent") return actual.type === after.type;
  return (
    (["type", "mode", "sha256", "target", "inode"] as const).every(
      (name) => after[name] === undefined || actual[name] === after[name],
    ) &&
    isAccount({ name: actual.owner, id: actual.uid }, after.owner) &&
    isAccount({ name: actual.group, id: actual.gid }, after.group)
  );
}

/** Whatever looks at the same path in another way, or at a folder that it is in, and the unit that it may be the file of. */
function unsettles({ key, before, after }: Change<FileState>): readonly Unsettling[] {
  const path = (!isUnsettled(before) && before.path) || key;
  const because = `${key} is changed before`;
  const others = [
    "file-times",
    "stat",
    "bytes",
    "download",
    ...(isSeenOtherwise(before, after) ? ["file-followed", "file-long"] : []),
  ];
  const around = [path, ...foldersOf(path)].flatMap((folder) =>
    ["tree", "find", "fragments", "below", "unpacked"].map((kind) => ({ kind, key: folder, because })),
  );
  const isLocalFact = path.startsWith("/etc/ansible/facts.d/");
  const unit = /^\/(?:etc|run|usr\/lib|lib)\/systemd\/system\/([^/]+\.[a-z]+)$/.exec(path)?.[1];
  return [
    ...others.map((kind) => ({ kind, key, because })),
    { kind: "file-followed", leadsTo: path, because },
    ...around,
    ...(isFolderGone(before, after) ? SEEN_BELOW.map((kind) => ({ kind, under: key, because })) : []),
    { kind: "fetched", because },
    ...(isLocalFact ? [{ kind: "facts", key: "local", because }] : []),
    ...(unit ? [{ kind: "unit", key: unit, ifAbsent: true, because: `${key} brings it` }] : []),
  ];
}

/** What looks at files in a folder. That the files themselves are gone with it, `itself` knows. */
const SEEN_BELOW = [
  "file-followed",
  "file-long",
  "stat",
  "bytes",
  "find",
  "fragments",
  "tree",
  "below",
  "unpacked",
  "download",
];

function isFolderGone(before: FileState | Unsettled, after: FileState): boolean {
  return after.type === "absent" && (isUnsettled(before) || before.type === "directory");
}

/** Whether what a link leads to, or what a long text says, is another than was said: all else is in the change itself. */
function isSeenOtherwise(before: FileState | Unsettled, after: FileState): boolean {
  const isLink = (!isUnsettled(before) && before.type === "link") || after.type === "link";
  if (isLink || isUnsettled(before)) return true;
  // A long text is known only until it is written: then it is asked for as such.
  return after.type === "file" && ((after.text === undefined && "sha256" in after) || (after.size ?? 0) > SHOWN_UP_TO);
}

/** The folders that a path is in, from the nearest to the topmost. */
export function foldersOf(path: string): readonly string[] {
  const parent = path.replace(/\/[^/]*$/, "");
  return parent === "" || !parent.includes("/") ? [] : [parent, ...foldersOf(parent)];
}

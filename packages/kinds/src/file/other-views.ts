import { defineKind, InternalError } from "@evenkeel/core";
import type { FileState } from "./file-state.ts";
import { parseFiles } from "./parse-files.ts";
import type { FileVia } from "./read-files.ts";
import { readFilesScript } from "./read-files.ts";

/** A link as what it leads to in the end; of what is no link, nothing is said. */
export const followedFile = view("file-followed", "follow");

/** A file whose text is too long to come along each time; of others, nothing is said. */
export const longFile = view("file-long", "long");

/** A kind that is only asked about: what is changed is the file itself. */
function view(name: string, via: FileVia) {
  return defineKind<FileState, never>({
    name,
    read: (paths) => readFilesScript(paths, via),
    parse: (output, paths) => parseFiles(output, paths, via),
    ensure() {
      throw new InternalError({ code: "file/view", message: `${name} is only asked about` });
    },
    isAsPlanned: () => true,
    isAbsent: () => false,
    describe: ({ type }) => ({ state: type }),
  });
}

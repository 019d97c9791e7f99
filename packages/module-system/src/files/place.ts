import type { Answers, Change } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { Attributes, FileState, Looked } from "@evenkeel/kinds";
import { file, followedFile, itself, lookAt, missingFolders } from "@evenkeel/kinds";
import { cleanPath } from "./clean-path.ts";

/** Asks about where something is to be put: at `dest`, or in it under a name, when it is a folder. */
export function lookForPlace(dest: string, name: string | undefined) {
  const outer = cleanPath(dest);
  const inner = name === undefined ? outer : cleanPath(`${outer}/${name}`);
  return {
    ...lookAt(outer),
    inner: file(inner),
    innerFollowed: followedFile(inner),
  };
}

/** The place itself, and whether `dest` is (or is to be) the folder around it. */
export interface Place extends Looked {
  readonly isInFolder: boolean;
}

/** Decides as `cp` does: what ends with `/`, or is a folder already, is put into. */
export function placeOf(
  { current, followed, folders, inner, innerFollowed }: Answers<ReturnType<typeof lookForPlace>>,
  dest: string,
  name: string | undefined,
): Place {
  const own = itself({ current, folders });
  const isFolder = [own.state, followed.state].some((state) => !isUnsettled(state) && state.type === "directory");
  if (name === undefined || !(isFolder || dest.endsWith("/")))
    return { current, followed, folders, isInFolder: isFolder };
  return { current: inner, followed: innerFollowed, folders: [current, ...folders], isInFolder: true };
}

/** The folders that must be made on the way, where that is wanted; else they must be there. */
export function makeFolders(place: Pick<Looked, "folders">, attributes: Attributes): readonly Change<FileState>[] {
  return missingFolders(place).flatMap((folder) =>
    file.ensure(itself({ current: folder, folders: [] }), { type: "directory", ...attributes }),
  );
}

export function demandFolder(place: Pick<Looked, "folders" | "current">): void {
  const missing = missingFolders(place).at(-1);
  if (missing === undefined) return;
  throw new StepError({
    code: "file/no-folder",
    message: `the folder ${missing.key} does not exist, so ${place.current.key} cannot be put there`,
    hint: "make it before: file: path=… state=directory",
  });
}

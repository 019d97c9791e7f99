import type { Change } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { Attributes, FileContent, FileState } from "@evenkeel/kinds";
import { file, followed, itself } from "@evenkeel/kinds";
import type { Place } from "./place.ts";
import { demandFolder, makeFolders } from "./place.ts";

/** A content, and how it is put in its place. */
export interface Writing {
  readonly content: FileContent;
  readonly attributes: Attributes;
  readonly validate: readonly string[] | undefined;
  /** What a link leads to is written, instead of the link. */
  readonly follow: boolean;
  /** What is there is replaced, whatever is in it. */
  readonly force: boolean;
  readonly backup: boolean;
  readonly inPlace: boolean;
  /** Given: missing folders are made, with these attributes. */
  readonly folders?: Attributes | undefined;
}

/** A file with a content in its place. */
export function writeContent(place: Place, writing: Writing): readonly Change<FileState>[] {
  const target = writing.follow ? followed(place) : itself(place);
  const isThere = !isUnsettled(target.state) && target.state.type !== "absent";
  if (isThere && !writing.force) return [];
  if (isThere && target.state.type === "directory") throw isFolder(target.key);
  if (writing.folders === undefined) demandFolder(place);
  const folders = writing.folders === undefined ? [] : makeFolders(place, writing.folders);
  const { content, attributes, validate, backup, inPlace } = writing;
  const changes = file.ensure(target, {
    content,
    ...attributes,
    validate,
    ...(backup && { backup }),
    ...(inPlace && { inPlace }),
  });
  return [...folders, ...changes];
}

function isFolder(path: string): StepError {
  return new StepError({
    code: "file/is-folder",
    message: `${path} is a folder, and is to be a file`,
    hint: "name the file in it: dest=…/name",
  });
}

import { StepError } from "@evenkeel/core";
import type { DesiredFile } from "./desired-file.ts";
import type { FileState } from "./file-state.ts";

/** What may stand where something else is to be is said here; nothing is lost that nobody named. */
export function demandRoomFor(path: string, before: FileState, desired: DesiredFile): void {
  const { type = "file" } = desired;
  const isOnlyAttributes = "content" in desired ? desired.content === undefined : type === "file";
  if (isOnlyAttributes) demandThere(path, before);
  else if (!hasRoom(before, desired)) throw inTheWay(path, type, before);
}

function inTheWay(path: string, type: string, before: FileState): StepError {
  return new StepError({
    code: "file/in-the-way",
    message: `${path} is to be a ${type === "hard" ? "name of another file" : type}, and is a ${before.type}`,
    hint:
      type === "link" || type === "hard"
        ? "`force: true` lets it take the place of a file or of an empty folder"
        : "remove it first, with a task of its own",
  });
}

function hasRoom(before: FileState, desired: DesiredFile): boolean {
  if (before.type === "absent" || desired.type === "absent") return true;
  switch (desired.type) {
    case "directory":
      return before.type === "directory";
    case "link":
      return before.type === "link" || (desired.replaces === true && before.type !== "other");
    case "hard":
      return before.type === "file" && (desired.replaces === true || before.inode === desired.inode);
    default:
      return before.type === "file" || before.type === "link";
  }
}

function demandThere(path: string, before: FileState): void {
  if (before.type === "file" || before.type === "other") return;
  throw new StepError({
    code: "file/absent",
    message: `${path} is ${before.type === "absent" ? "absent" : `a ${before.type}`}, and only a file's attributes were asked for`,
    hint: "give it a content (copy), or make it (state: touch, or directory)",
  });
}

import { hash } from "node:crypto";
import type { Change, Observed, Step, Unsettled } from "@evenkeel/core";
import { isUnsettled, Secret } from "@evenkeel/core";
import { attributeSteps, wantedAttributes } from "./attributes.ts";
import { contentStep } from "./content-step.ts";
import type { DesiredFile, FileContent } from "./desired-file.ts";
import type { FileState, PresentFile } from "./file-state.ts";
import { demandRoomFor } from "./in-the-way.ts";
import { keeping } from "./keep.ts";
import { placeStep } from "./place-step.ts";

/** A desired file as a state, to compare with and to show. */
export function wantedState(actual: FileState | Unsettled, desired: DesiredFile): FileState {
  const before = isUnsettled(actual) ? undefined : actual;
  switch (desired.type) {
    case "absent":
      return { type: "absent" };
    case "link":
      return {
        type: "link",
        target: desired.target,
        ...wantedAttributes({ ...desired, mode: undefined }, undefined, false),
      };
    case "hard":
      return { type: "file", ...(desired.inode !== undefined && { inode: desired.inode }) };
    case "directory":
      return { type: "directory", ...wantedAttributes(desired, before, true) };
    default: {
      const type = desired.content === undefined && before?.type === "other" ? "other" : "file";
      const attributes = wantedAttributes(desired, before, false);
      return { type, ...attributes, ...(desired.content !== undefined && contentState(desired.content)) };
    }
  }
}

/** A text is only shown where there is one: what the old one was must not shine through. */
function contentState(content: FileContent): Pick<PresentFile, "sha256" | "size" | "text"> {
  if (typeof content === "string" || content instanceof Secret) {
    const text = content instanceof Secret ? content.reveal() : content;
    return { sha256: hash("sha256", text), size: Buffer.byteLength(text), text: content };
  }
  if (isUnsettled(content)) return { sha256: undefined, size: undefined, text: undefined };
  if (content instanceof Uint8Array) return { sha256: hash("sha256", content), size: content.length, text: undefined };
  return { sha256: content.sha256, size: content.size, text: "text" in content ? content.text : undefined };
}

/** What it takes to make a path as it is wanted, and to bring it back. */
export function changeFile(actual: Observed<FileState>, desired: DesiredFile, after: FileState): Change<FileState> {
  const { kind, key } = actual;
  const state = hideOld(actual.state, after);
  const before = isUnsettled(state) ? undefined : state;
  const path = before?.path ?? key;
  if (before !== undefined) demandRoomFor(path, before, desired);
  const [keep, steps] = [stepsToKeep(path, before, after), stepsTo(path, before, desired, after)];
  return {
    kind,
    key,
    action: after.type === "absent" ? "remove" : "ensure",
    before: state,
    after,
    steps: [...keep, ...steps],
    undo: before === undefined ? [] : undo(path, before, after),
    interrupts: "nothing",
  };
}

/** What was where a secret is to be may have been one too. */
function hideOld(before: FileState | Unsettled, after: FileState): FileState | Unsettled {
  const isSecret = after.type === "file" && after.text instanceof Secret;
  if (!isSecret || isUnsettled(before) || before.type !== "file" || typeof before.text !== "string") return before;
  return { ...before, text: new Secret(before.text) };
}

function stepsTo(path: string, before: FileState | undefined, desired: DesiredFile, after: FileState): readonly Step[] {
  if (desired.type === "absent" || after.type === "absent") {
    return isBroughtBackByCopy(before, after) ? [keeping(path, sumOf(before)).move] : [run("rm", "-rf", "--", path)];
  }
  if (desired.type === "link") {
    const isThere = before?.type === "link" && before.target === desired.target;
    return [...(isThere ? [] : [placeStep("soft", path, desired.target)]), ...attributeSteps(path, before, after)];
  }
  if (desired.type === "hard") return [placeStep("hard", path, desired.source)];
  if (desired.type === "directory") {
    const make = before?.type === "directory" ? [] : [run("mkdir", "-m", narrow(after.mode), "--", path)];
    return [...make, ...attributeSteps(path, before?.type === "directory" ? before : undefined, after)];
  }
  const isContent = before?.type === "file" && before.sha256 === after.sha256;
  if (desired.content === undefined || isContent) return attributeSteps(path, before, after);
  return isUnsettled(desired.content) ? [] : contentStep(path, desired, desired.content, after);
}

/** Until it is its owner's, nobody gets more of it than they will have. */
function narrow(mode = "0755"): string {
  return `0${mode.slice(-3)}`;
}

/** What we do not know, or not well enough to write it again, is kept on the host before it goes. */
function stepsToKeep(path: string, before: FileState | undefined, after: FileState): readonly Step[] {
  if (after.type === "absent" || !isBroughtBackByCopy(before, after)) return [];
  return [keeping(path, sumOf(before)).keep];
}

function isBroughtBackByCopy(before: FileState | undefined, after: FileState): boolean {
  if (before === undefined || before.type === "absent" || before.type === "link") return false;
  if (before.type === "directory") return after.type !== "directory";
  if (before.type === "other") return after.type !== "other";
  return before.text === undefined && (after.type !== "file" || isDifferent(before, after));
}

/** Whether another content, or another file, takes the place of a file. */
function isDifferent(before: PresentFile, after: PresentFile): boolean {
  return (["sha256", "inode"] as const).some((name) => after[name] !== undefined && after[name] !== before[name]);
}

function sumOf(before: FileState | undefined): string {
  return before === undefined || before.type === "absent" ? "" : (before.sha256 ?? before.type);
}

function undo(path: string, before: FileState, after: FileState): readonly Step[] {
  if (before.type === "absent")
    return after.type === "directory" ? [run("rmdir", "--", path)] : [run("rm", "-f", "--", path)];
  if (isBroughtBackByCopy(before, after)) return [keeping(path, sumOf(before)).restore];
  if (before.type === "link") {
    const isSame = after.type === "link" && after.target === before.target;
    const link = before.target === undefined || isSame ? [] : [placeStep("soft", path, before.target)];
    const { mode: _, ...own } = before;
    return [...link, ...attributeSteps(path, after, own)];
  }
  const isLost = after.type !== before.type || isDifferent(before, after);
  if (before.type !== "file" || before.text === undefined || !isLost) {
    return after.type === "absent" ? [] : attributeSteps(path, merged(before, after), before);
  }
  const { text, mode, owner, group } = before;
  return [
    { do: "write", path, content: text, ...(mode && { mode }), ...(owner && { owner }), ...(group && { group }) },
  ];
}

/** As it is after the change: what nobody asked for is as it was. */
function merged(before: PresentFile, after: PresentFile): PresentFile {
  return { ...before, ...after };
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

import { hash } from "node:crypto";
import type { Change, Observed, Step, Unsettled } from "@evenkeel/core";
import { isUnsettled, Secret, StepError } from "@evenkeel/core";
import type { DesiredFile } from "./desired-file.ts";
import type { FileState, PresentFile } from "./file-state.ts";

/** A desired file as a state, to compare with and to show. */
export function wantedState(desired: DesiredFile): FileState {
  if (desired.type === "absent") return { type: "absent" };
  if (desired.type === "link") return { type: "link", target: desired.target };
  const { mode, owner, group } = desired;
  return {
    type: desired.type ?? "file",
    ...(mode !== undefined && { mode: mode.padStart(4, "0") }),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
    ...(desired.type !== "directory" && desired.content !== undefined && contentOf(desired.content)),
  };
}

function contentOf(content: string | Secret) {
  return { sha256: hash("sha256", content instanceof Secret ? content.reveal() : content), text: content };
}

/** What it takes to make a path as it is wanted, and to bring it back. */
export function changeFile(actual: Observed<FileState>, desired: DesiredFile, after: FileState): Change<FileState> {
  const { kind, key } = actual;
  const state = hideOld(actual.state, desired);
  return {
    kind,
    key,
    action: after.type === "absent" ? "remove" : "ensure",
    before: state,
    after,
    steps: stepsTo(key, state, desired),
    undo: undo(key, state),
    interrupts: "nothing",
  };
}

/** What was where a secret is to be may have been one too. */
function hideOld(before: FileState | Unsettled, desired: DesiredFile): FileState | Unsettled {
  const isSecret = "content" in desired && desired.content instanceof Secret;
  if (!isSecret || isUnsettled(before) || before.type !== "file" || typeof before.text !== "string") return before;
  return { ...before, text: new Secret(before.text) };
}

function stepsTo(path: string, before: FileState | Unsettled, desired: DesiredFile): readonly Step[] {
  if (desired.type === "absent") return [run("rm", "-rf", "--", path)];
  demandSameSort(path, before, desired);
  if (desired.type === "link") return [link(path, desired.target)];
  if (desired.type === "directory") return [run("install", "-d", ...installFlags(desired), "--", path)];
  if (desired.content === undefined) return attributeSteps(path, desired);
  const { type: _, content, ...attributes } = desired;
  return [{ do: "write", path, content, ...attributes }];
}

/** A file is never put where a folder is, nor a folder where a file is: that would lose what nobody named. */
function demandSameSort(path: string, before: FileState | Unsettled, { type = "file" }: DesiredFile): void {
  if (isUnsettled(before) || before.type === "absent" || before.type === type) return;
  const isReplaceable = before.type === "link" ? type === "file" : before.type === "file" && type === "link";
  if (isReplaceable) return;
  throw new StepError({
    code: "file/in-the-way",
    message: `${path} is to be a ${type}, and is a ${before.type}`,
    hint: "remove it first, with a task of its own",
  });
}

function undo(path: string, before: FileState | Unsettled): readonly Step[] {
  if (isUnsettled(before)) return [];
  if (before.type === "absent") return [run("rm", "-rf", "--", path)];
  if (before.type === "link") return before.target === undefined ? [] : [link(path, before.target)];
  if (before.type === "directory") return [run("install", "-d", ...installFlags(before), "--", path)];
  if (before.type !== "file" || before.text === undefined) return attributeSteps(path, before);
  const { text, mode, owner, group } = before;
  return [
    { do: "write", path, content: text, ...(mode && { mode }), ...(owner && { owner }), ...(group && { group }) },
  ];
}

/** A new link beside the old one, renamed over it: at no moment is there none. */
function link(path: string, target: string): Step {
  return run(
    "sh",
    "-c",
    'ln -s -- "$1" "$2.evenkeel-$$" && mv -fT -- "$2.evenkeel-$$" "$2"',
    "evenkeel-link",
    target,
    path,
  );
}

function installFlags({ mode, owner, group }: Pick<PresentFile, "mode" | "owner" | "group">): string[] {
  return [...(mode ? ["-m", mode] : []), ...(owner ? ["-o", owner] : []), ...(group ? ["-g", group] : [])];
}

/** The owner first: changing it takes away setuid and setgid. */
function attributeSteps(path: string, { mode, owner, group }: Pick<PresentFile, "mode" | "owner" | "group">): Step[] {
  const whose = `${owner ?? ""}${group === undefined ? "" : `:${group}`}`;
  return [
    ...(whose === "" ? [] : [run("chown", "-h", whose, "--", path)]),
    ...(mode ? [run("chmod", mode, "--", path)] : []),
  ];
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

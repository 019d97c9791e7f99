import type { Step } from "@evenkeel/core";
import type { Attributes } from "./desired-file.ts";
import type { FileState, PresentFile } from "./file-state.ts";
import { octalMode } from "./mode.ts";

/** Attributes as they are to be, as a part of a state; letters of a mode are worked out from what is there. */
export function wantedAttributes(
  { mode, owner, group }: Attributes,
  before: FileState | undefined,
  isDirectory: boolean,
): Pick<PresentFile, "mode" | "owner" | "uid" | "group" | "gid"> {
  return {
    ...wantedMode(mode, before, isDirectory),
    ...(owner !== undefined && { owner, uid: numberIn(owner) }),
    ...(group !== undefined && { group, gid: numberIn(group) }),
  };
}

/** What is new, or of another sort than it was, begins with 0644, a folder with 0755. Of what is unknown no letters can be worked out. */
function wantedMode(mode: string | undefined, before: FileState | undefined, isDirectory: boolean) {
  const isKept =
    before !== undefined &&
    (isDirectory ? before.type === "directory" : before.type === "file" || before.type === "other");
  const old = isKept && before.type !== "absent" ? before.mode : modeOfNew(before, isDirectory);
  if (mode === undefined) return before !== undefined && old !== undefined && !isKept ? { mode: old } : {};
  if (before === undefined || old === undefined) return /^[0-7]+$/.test(mode) ? { mode: mode.padStart(4, "0") } : {};
  return { mode: octalMode(mode, { mode: old, isDirectory }) };
}

function modeOfNew(before: FileState | undefined, isDirectory: boolean): string {
  if (!isDirectory) return "0644";
  return before?.type === "absent" && before.inherits ? "2755" : "0755";
}

function numberIn(account: string): number | undefined {
  return /^\d+$/.test(account) ? Number(account) : undefined;
}

/** Whether an account is the wanted one; a wanted number may be said as a number. */
export function isAccount(
  actual: { name?: string | undefined; id?: number | undefined },
  wanted: string | undefined,
): boolean {
  return wanted === undefined || wanted === actual.name || (/^\d+$/.test(wanted) && Number(wanted) === actual.id);
}

/** What is not as wanted. The owner first: changing it takes away setuid and setgid. */
export function attributeSteps(path: string, before: FileState | undefined, after: PresentFile): Step[] {
  const there = before === undefined || before.type === "absent" ? undefined : before;
  const isOwner = there && isAccount({ name: there.owner, id: there.uid }, after.owner);
  const isGroup = there && isAccount({ name: there.group, id: there.gid }, after.group);
  const owner = isOwner ? undefined : after.owner;
  const group = isGroup ? undefined : after.group;
  const whose = `${owner ?? ""}${group === undefined ? "" : `:${group}`}`;
  const isLink = after.type === "link";
  const takesBits = whose !== "" && /^0*[2467]/.test(there?.mode?.slice(0, 1) ?? "");
  const mode = after.mode ?? (takesBits ? there?.mode : undefined);
  const isMode = mode === undefined || isLink || (there?.mode === mode && !takesBits);
  return [
    ...(whose === "" ? [] : [run("chown", "-h", whose, "--", path)]),
    ...(isMode ? [] : [run("chmod", exactMode(mode), "--", path)]),
  ];
}

/** With a fifth digit GNU's chmod also takes a folder's setgid away when it is not named; others do so anyway. */
export function exactMode(mode: string): string {
  return mode.padStart(5, "0");
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

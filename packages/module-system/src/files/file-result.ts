import { hash } from "node:crypto";
import type { Change, Observed, StepOutput } from "@evenkeel/core";
import { isUnsettled, Secret } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { BACKUP_STEP } from "@evenkeel/kinds";
import { Type } from "typebox";

/** What is said of a file beside `changed`. */
export const fileReturns = {
  mode: Type.Optional(Type.String({ description: "its mode, in octal" })),
  owner: Type.Optional(Type.String({ description: "whose it is" })),
  group: Type.Optional(Type.String({ description: "whose group's it is" })),
  uid: Type.Optional(Type.Integer({ description: "whose it is, as a number" })),
  gid: Type.Optional(Type.Integer({ description: "whose group's it is, as a number" })),
  size: Type.Optional(Type.Integer({ description: "how many bytes it has" })),
  state: Type.Optional(Type.String({ description: "file, directory, link, hard or absent" })),
};

export const checksumReturns = {
  checksum: Type.Optional(Type.String({ description: "its SHA-1, where its content is known here" })),
  md5sum: Type.Optional(Type.String({ description: "its MD5, where its content is known here" })),
};

export const backupReturns = {
  backup_file: Type.Optional(Type.String({ description: "where what was there before is kept" })),
};

/** Ansible's fields about a path as it is now, or will be. */
export function fileFields({ state }: Observed<FileState>): Readonly<Record<string, unknown>> {
  if (isUnsettled(state)) return {};
  if (state.type === "absent") return { state: "absent" };
  const { type, mode, owner, group, uid, gid, size } = state;
  return {
    ...{ state: type, owner, group, uid, gid },
    ...(mode !== undefined && { mode: shortMode(mode) }),
    ...(size !== undefined && { size }),
  };
}

/** As Ansible says it here: a nought and the digits that there are. */
function shortMode(mode: string): string {
  return `0${Number.parseInt(mode, 8).toString(8).padStart(3, "0")}`;
}

/** Sums that Ansible gives; of a secret they would help to guess it. */
export function checksumFields(content: unknown): Readonly<Record<string, string>> {
  if (content instanceof Secret || (typeof content !== "string" && !(content instanceof Uint8Array))) return {};
  return { checksum: hash("sha1", content), md5sum: hash("md5", content) };
}

/** The name under which the old file was kept, as its step printed it. */
export function backupField(
  changes: readonly Change[],
  outputs: readonly StepOutput[],
): { readonly backup_file?: string } {
  const steps = changes.flatMap((change) => change.steps);
  const index = steps.findIndex((step) => step.do === "run" && step.argv[3] === BACKUP_STEP);
  const name = outputs[index]?.stdout.trim();
  return name ? { backup_file: name } : {};
}

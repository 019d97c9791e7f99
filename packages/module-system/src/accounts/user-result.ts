import type { Observed } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { SshKeyState, UserState } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import type { UserParams } from "./user-params.ts";

export const userReturns = Type.Object({
  name: Type.String({ description: "its name" }),
  state: Type.String({ description: "what was asked for" }),
  uid: Type.Optional(Type.Integer({ description: "its number" })),
  group: Type.Optional(Type.Integer({ description: "the number of its group" })),
  groups: Type.Optional(Type.String({ description: "other groups, with commas" })),
  comment: Type.Optional(Type.String({ description: "who it is" })),
  home: Type.Optional(Type.String({ description: "its home" })),
  shell: Type.Optional(Type.String({ description: "its shell" })),
  append: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  move_home: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  create_home: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  system: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  force: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  remove: Type.Optional(Type.Boolean({ description: "as the parameter" })),
  password: Type.Optional(Type.String({ description: "NOT_LOGGING_PASSWORD, where one was given" })),
  ssh_key_file: Type.Optional(Type.String({ description: "the file of its key" })),
  ssh_fingerprint: Type.Optional(Type.String({ description: "its key's fingerprint" })),
  ssh_public_key: Type.Optional(Type.String({ description: "its public key" })),
});

interface Answers {
  readonly current: Observed<UserState>;
  readonly keys: readonly Observed<SshKeyState>[];
}

/** Ansible's fields: who it is now, and what of the parameters mattered. */
export function userResult(
  { before, after }: { readonly before: Answers; readonly after: Answers },
  params: Static<typeof UserParams>,
) {
  const { name, state, groups } = params;
  if (state === "absent") {
    const isGone = isAbsent(before.current);
    return { name, state, ...(!isGone && { force: params.force, remove: params.remove }) };
  }
  const now = after.current.state;
  const how = isAbsent(before.current)
    ? { create_home: params.create_home, system: params.system }
    : { append: params.append, move_home: params.move_home };
  return {
    ...{ name, state, ...how },
    ...(params.password !== undefined && { password: "NOT_LOGGING_PASSWORD" }),
    ...(groups && { groups: groups.join(",") }),
    ...(!isUnsettled(now) && now.state === "present" && identity(now)),
    ...keyFields(after.keys[0]),
  };
}

/** Of a user that is only planned, not all is known. */
function identity({ uid, gid, comment, home, shell }: UserState & { readonly state: "present" }) {
  return withoutUnknown({ uid, group: gid, comment, home, shell });
}

function withoutUnknown(fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function keyFields(key: Observed<SshKeyState> | undefined) {
  if (key === undefined || isUnsettled(key.state) || key.state.state === "absent") return {};
  const { path, fingerprint, publicKey } = key.state;
  return withoutUnknown({ ssh_key_file: path, ssh_fingerprint: fingerprint, ssh_public_key: publicKey });
}

function isAbsent({ state }: Observed<UserState>): boolean {
  return !isUnsettled(state) && state.state === "absent";
}

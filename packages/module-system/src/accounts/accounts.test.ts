import type { Change } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import type { UserState } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { expect, test } from "vitest";
import { authorizedKey } from "./authorized-key.ts";
import { group } from "./group.ts";
import { user } from "./user.ts";
import type { UserParams } from "./user-params.ts";

const actions = (changes: readonly Change[]) => changes.map(({ kind, action }) => `${action} ${kind}`);
const query = { kind: "user", key: "shop" };
const there: UserState = {
  ...{
    state: "present",
    uid: 1001,
    group: "shop",
    gid: 1001,
    groups: ["adm"],
    home: "/home/shop",
    hasHome: true,
    shell: "/bin/sh",
  },
  ...{ comment: "", passwordHash: new Secret("$y$a"), isLocked: false, expiresOn: -1 },
};
const plain: Static<typeof UserParams> = {
  ...{
    name: "shop",
    state: "present",
    non_unique: false,
    append: false,
    create_home: true,
    move_home: false,
    system: false,
  },
  ...{ update_password: "always", local: false, remove: false, force: false, generate_ssh_key: false },
  ...{ ssh_key_type: "rsa", ssh_key_comment: "ansible-generated on $HOSTNAME" },
};

test.each([
  { name: "absent", state: { state: "absent" }, params: {}, changes: ["ensure user"] },
  { name: "present", state: there, params: { shell: "/bin/sh", groups: ["adm"] }, changes: [] },
  { name: "drifted", state: there, params: { shell: "/bin/bash" }, changes: ["ensure user"] },
  { name: "unsettled", state: unsettled("a package brings it"), params: {}, changes: ["ensure user"] },
  { name: "another password", state: there, params: { password: new Secret("$y$b") }, changes: ["ensure user"] },
  {
    name: "another password, only for a new one",
    state: there,
    params: { password: "$y$b", update_password: "on_create" },
    changes: [],
  },
  { name: "the same password", state: there, params: { password: "$y$a" }, changes: [] },
  { name: "no groups at all", state: there, params: { groups: [""] }, changes: ["ensure user"] },
  { name: "to expire", state: there, params: { expires: 1_700_000_000 }, changes: ["ensure user"] },
  {
    name: "expired as wanted",
    state: { ...there, expiresOn: 19_675 },
    params: { expires: 1_700_000_000.5 },
    changes: [],
  },
  { name: "never to expire", state: there, params: { expires: -1 }, changes: [] },
  { name: "to be absent", state: there, params: { state: "absent", remove: true }, changes: ["remove user"] },
] as const)("user: $name", ({ state, params, changes }) => {
  expect(actions(user.plan({ current: { ...query, state }, keys: [] }, { ...plain, ...params } as never))).toEqual(
    changes,
  );
});

test("a key for the user is asked about and made", () => {
  const params = { ...plain, generate_ssh_key: true, ssh_key_type: "ed25519" };
  expect(user.observe(params).keys).toEqual([{ kind: "ssh-key", key: "shop", via: { file: ".ssh/id_ed25519" } }]);
  const key = { kind: "ssh-key", key: "shop", state: { state: "absent" } as const };
  expect(actions(user.plan({ current: { ...query, state: there }, keys: [key] }, params))).toEqual(["ensure ssh-key"]);
});

test("results tell who it is, and never a password", () => {
  const answers = {
    current: { ...query, state: there },
    keys: [
      {
        kind: "ssh-key",
        key: "shop",
        state: { state: "present", path: "/k", fingerprint: "f", publicKey: "p" } as const,
      },
    ],
  };
  const made = { before: answers, after: answers, changes: [], outputs: [] };
  expect(user.result?.(made, { ...plain, password: "x", groups: ["adm", "sudo"] })).toEqual({
    ...{
      name: "shop",
      state: "present",
      append: false,
      move_home: false,
      password: "NOT_LOGGING_PASSWORD",
      groups: "adm,sudo",
    },
    ...{ uid: 1001, group: 1001, comment: "", home: "/home/shop", shell: "/bin/sh" },
    ...{ ssh_key_file: "/k", ssh_fingerprint: "f", ssh_public_key: "p" },
  });
});

const groupParams = {
  name: "shop",
  state: "present",
  non_unique: false,
  system: false,
  local: false,
  force: false,
} as const;

test.each([
  { name: "absent", state: { state: "absent" }, params: {}, changes: ["ensure group"] },
  { name: "present", state: { state: "present", gid: 5 }, params: { gid: 5 }, changes: [] },
  { name: "drifted", state: { state: "present", gid: 5 }, params: { gid: 6 }, changes: ["ensure group"] },
  { name: "unsettled", state: unsettled("a package brings it"), params: {}, changes: ["ensure group"] },
  { name: "to be absent", state: { state: "present", gid: 5 }, params: { state: "absent" }, changes: ["remove group"] },
] as const)("group: $name", ({ state, params, changes }) => {
  expect(
    actions(group.plan({ current: { kind: "group", key: "shop", state } }, { ...groupParams, ...params })),
  ).toEqual(changes);
});

const keyParams = {
  user: "shop",
  key: "ssh-ed25519 AAAA a",
  state: "present",
  exclusive: false,
  manage_dir: true,
  follow: false,
} as const;

test.each([
  { name: "absent", state: { state: "absent" }, params: {}, changes: ["ensure authorized-keys"] },
  { name: "present", state: { state: "present", text: "ssh-ed25519 AAAA a\n" }, params: {}, changes: [] },
  {
    name: "drifted",
    state: { state: "present", text: "ssh-ed25519 AAAA b\n" },
    params: {},
    changes: ["ensure authorized-keys"],
  },
  { name: "unsettled", state: unsettled("the user comes"), params: {}, changes: ["ensure authorized-keys"] },
  { name: "to be absent, and is", state: { state: "absent" }, params: { state: "absent" }, changes: [] },
] as const)("authorized_key: $name", ({ state, params, changes }) => {
  const current = { kind: "authorized-keys", key: "shop", state };
  expect(actions(authorizedKey.plan({ current }, { ...keyParams, ...params } as never))).toEqual(changes);
});

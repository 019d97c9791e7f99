import { execFileSync } from "node:child_process";
import type { Observed } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { AuthorizedKeysState } from "./authorized-keys.ts";
import { authorizedKeys } from "./authorized-keys.ts";
import type { SshKeyState } from "./ssh-key.ts";
import { sshKey } from "./ssh-key.ts";

const at = (state: Observed<AuthorizedKeysState>["state"]) => ({ kind: "authorized-keys", key: "shop", state });
const there = { state: "present", path: "/home/shop/.ssh/authorized_keys", text: "a\n" } as const;
const words = (step: unknown) => (step as { readonly argv: readonly string[] }).argv.slice(3);

test.each([
  { name: "converged", state: there, text: "a\n", changes: 0 },
  { name: "absent", state: { state: "absent" }, text: "a\n", changes: 1 },
  { name: "absent, and nothing is wanted", state: { state: "absent" }, text: "", changes: 0 },
  { name: "drifted", state: there, text: "b\n", changes: 1 },
  { name: "unsettled", state: unsettled("the user comes"), text: "a\n", changes: 1 },
] as const)("$name", ({ state, text, changes }) => {
  expect(authorizedKeys.ensure(at(state), { text, managesFolder: true })).toHaveLength(changes);
});

test("the text goes by stdin; undo brings the old one back, or takes the file away", () => {
  const [changed] = authorizedKeys.ensure(at(there), { text: "b\n", managesFolder: true });
  expect(changed?.steps).toMatchObject([{ stdin: "b\n" }]);
  expect(changed?.undo).toMatchObject([{ stdin: "a\n" }]);
  expect(words(changed?.steps[0])).toEqual(["evenkeel-authorized-keys", "shop", "", "yes", ""]);
  const [made] = authorizedKeys.ensure(at({ state: "absent" }), { text: "b\n", managesFolder: false });
  expect(words(made?.undo[0])).toEqual(["evenkeel-authorized-keys", "shop", "", "", "yes"]);
});

test("files are read by their size, whatever is in them", () => {
  const printed = "yes 9 /home/a/.ssh/authorized_keys\nä\nyes 1\nno - /.ssh/authorized_keys\nyes 0 /b c/keys\n";
  expect(Object.fromEntries(authorizedKeys.parse(Buffer.from(printed), ["a", "b", "c"]))).toEqual({
    a: { state: "present", path: "/home/a/.ssh/authorized_keys", text: "ä\nyes 1\n" },
    b: { state: "absent", path: "/.ssh/authorized_keys", isUserAbsent: true },
    c: { state: "present", path: "/b c/keys", text: "" },
  });
});

test("scripts are such that a shell takes them", () => {
  const [change] = authorizedKeys.ensure(at(there), { text: "b\n", managesFolder: true });
  const [made] = sshKey.ensure(
    { kind: "ssh-key", key: "shop", state: { state: "absent" } },
    { type: "rsa", comment: "" },
  );
  const scripts = [change, made].map((each) => {
    const [step] = each?.steps ?? [];
    return step?.do === "run" ? (step.argv[2] ?? "") : "";
  });
  for (const script of [...scripts, authorizedKeys.read(["shop"], { path: "/a b" }), sshKey.read(["shop"])])
    execFileSync("sh", ["-n", "-c", script]);
});

const key = (state: Observed<SshKeyState>["state"]) => ({
  kind: "ssh-key",
  key: "shop",
  via: { file: ".ssh/id_rsa" },
  state,
});

test.each([
  { name: "there", state: { state: "present" }, replaces: false, actions: [] },
  { name: "there, to be replaced", state: { state: "present" }, replaces: true, actions: ["run"] },
  { name: "absent", state: { state: "absent" }, replaces: false, actions: ["ensure"] },
  { name: "unsettled", state: unsettled("the user comes"), replaces: false, actions: ["ensure"] },
] as const)("a pair of keys: $name", ({ state, replaces, actions }) => {
  const changes = sshKey.ensure(key(state), { type: "ed25519", comment: "", replaces });
  expect(changes.map(({ action }) => action)).toEqual(actions);
});

test("a passphrase goes by stdin", () => {
  const [change] = sshKey.ensure(key({ state: "absent" }), {
    type: "rsa",
    bits: 4096,
    comment: "c",
    passphrase: new Secret("hunter2"),
  });
  expect(JSON.stringify(change)).not.toContain("hunter2");
  expect(words(change?.steps[0])).toEqual(["evenkeel-ssh-key", "shop", ".ssh/id_rsa", "rsa", "4096", "c", "yes", ""]);
});

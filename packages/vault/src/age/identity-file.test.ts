import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import { armor, Encrypter } from "age-encryption";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultIdentityFile, generateIdentity, readIdentityFile, recipientOf } from "./identity-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vault-identity-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (content: string) => {
  const path = join(folder, "identity.txt");
  writeFileSync(path, content);
  return path;
};

test("what is generated can be read, and names its recipient", async () => {
  const { file: text, recipient } = await generateIdentity(new Date("2026-01-02T03:04:05.678Z"));
  const [identity, ...others] = await readIdentityFile(file(text.reveal()), undefined);
  expect(others).toEqual([]);
  expect(await recipientOf(identity as Secret)).toBe(recipient);
  expect(text.reveal()).toMatch(/^# created: 2026-01-02T03:04:05Z\n# public key: age1\w+\nAGE-SECRET-KEY-1\w+\n$/);
});

test("one that is encrypted asks for its passphrase", async () => {
  const { file: text } = await generateIdentity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase("correct horse");
  encrypter.setScryptWorkFactor(2);
  const path = file(armor.encode(await encrypter.encrypt(text.reveal())));
  expect(await readIdentityFile(path, async () => new Secret("correct horse"))).toHaveLength(1);
  await expect(readIdentityFile(path, async () => new Secret("battery"))).rejects.toMatchObject({
    code: "vault/refused",
    place: { file: path },
  });
  await expect(readIdentityFile(path, undefined)).rejects.toMatchObject({ code: "vault/no-password" });
});

test.each([
  ["# only a remark\n", "holds no identity", undefined],
  ["\nAGE-PLUGIN-YUBIKEY-1QQ\n", "is for a plugin of age, which we cannot run", 2],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n", "is an SSH key, which only the age program can use", 1],
  ["# x\n\nhunter2\n", "has a line that is no identity", 3],
])("%j is none: it %s", async (content, why, line) => {
  const path = file(content);
  const error = await readIdentityFile(path, undefined).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: "InputError",
    code: "vault/identity",
    message: `this age identity file ${why}`,
    place: { file: path, ...(line && { line }) },
  });
  expect(JSON.stringify(error)).not.toContain("hunter2");
});

test("the user's own is where programs keep their settings", () => {
  expect(defaultIdentityFile({ XDG_CONFIG_HOME: "/c" })).toBe("/c/evenkeel/age.txt");
  expect(defaultIdentityFile({})).toMatch(/\/\.config\/evenkeel\/age\.txt$/);
});

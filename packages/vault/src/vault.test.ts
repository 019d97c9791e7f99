import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { InternalError, Secret } from "@evenkeel/core";
import { armor, Encrypter } from "age-encryption";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { encryptAge } from "./age/encrypt-age.ts";
import { encryptAnsible } from "./ansible/encrypt-ansible.ts";
import { VaultPassword } from "./ansible/vault-password.ts";
import { openVault } from "./vault.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const identity = new URL("../fixtures/identity.txt", import.meta.url).pathname;
const horse = new VaultPassword("default", Buffer.from("correct horse"));
const other = new VaultPassword("dev", Buffer.from("other"));
const place = { file: "group_vars/all.yml", line: 3 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vault-"));
  // No identity of the user's own.
  vi.stubEnv("XDG_CONFIG_HOME", folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const given = (...passwords: readonly [id: string, text: string][]) =>
  openVault({
    passwords: passwords.map(([id, text]) => ({ kind: "file", id, path: file(`${id}.password`, `${text}\n`) })),
    identityFiles: [identity],
  });

test.each([
  { what: "a file of Ansible's", name: "ansible.yml", says: "db_password: grün und weiß\n" },
  { what: "one with an id, whose text fills its last block", name: "ansible-dev.vault", says: "exactly 16 bytes" },
  { what: "an empty one", name: "ansible-empty.vault", says: "" },
])("$what is read", async ({ name, says }) => {
  const vault = await given(["default", "correct horse"], ["dev", "other"]);
  expect(vault.decrypt(fixture(name).toString("latin1")).reveal()).toBe(says);
  expect(vault.open(fixture(name)).plain.toString()).toBe(says);
});

test.each([
  { name: "age.txt", says: "s3cret" },
  { name: "age.bin", says: "in bytes" },
])("$name of age's is read, once it was unlocked", async ({ name, says }) => {
  const vault = await given();
  expect(() => vault.open(fixture(name), place)).toThrow(InternalError);
  await vault.unlock([{ data: fixture(name) }]);
  expect(vault.open(fixture(name))).toEqual({
    plain: Buffer.from(says),
    openedBy: { kind: "identity", recipients: 1 },
  });
});

test("a passphrase opens an age text, and is one of the vault passwords", async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("correct horse");
  // As weak as can be, since only here nobody shall be kept waiting.
  encrypter.setScryptWorkFactor(2);
  const text = armor.encode(await encrypter.encrypt("s3cret"));
  const vault = await given(["wrong", "battery"], ["right", "correct horse"]);
  await vault.unlock([{ data: text }]);
  expect(vault.decrypt(text).reveal()).toBe("s3cret");
});

test("what is decrypted shows itself nowhere, and neither do passwords", async () => {
  const vault = await given(["default", "correct horse"]);
  const secret = vault.decrypt(encryptAnsible(Buffer.from("s3cret"), horse));
  expect(secret).toBeInstanceOf(Secret);
  for (const shown of [inspect(vault, { depth: 9, showHidden: true }), JSON.stringify(vault), inspect(secret)]) {
    expect(shown).not.toMatch(/s3cret|horse/);
  }
});

test("the password of the text's id is tried first, then all others", async () => {
  const vault = await given(["default", "battery"], ["dev", "correct horse"]);
  expect(vault.open(encryptAnsible(Buffer.from("x"), horse, "prod")).openedBy).toMatchObject({
    password: { id: "dev" },
    id: "prod",
  });
});

test("with ids matched, only the password of the text's id is tried", async () => {
  const path = file("horse", "correct horse");
  const vault = await openVault({ passwords: [{ kind: "file", id: "dev", path }], isIdMatched: true });
  expect(vault.decrypt(encryptAnsible(Buffer.from("x"), horse, "dev")).reveal()).toBe("x");
  expect(() => vault.decrypt(encryptAnsible(Buffer.from("x"), horse, "prod"), place)).toThrow(
    expect.objectContaining({ code: "vault/no-password", place, detail: "there are passwords for: dev" }),
  );
  expect(() => vault.decrypt(encryptAnsible(Buffer.from("x"), horse), place)).toThrow(/no vault password/);
});

test("a wrong password is told apart from none, with the ids that were tried", async () => {
  const text = encryptAnsible(Buffer.from("x"), other);
  const wrong = await given(["default", "a"], ["prod", "b"]);
  expect(() => wrong.decrypt(text, place)).toThrow(
    expect.objectContaining({ code: "vault/refused", place, detail: "tried: default, prod" }),
  );
  const none = await given();
  expect(() => none.decrypt(text, place)).toThrow(
    expect.objectContaining({ code: "vault/no-password", place, hint: "--vault-id dev@FILE gives its password" }),
  );
});

test("an age text for somebody else fails where it is needed, not where it is unlocked, each with its own place", async () => {
  const vault = await given();
  const stranger = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  const text = await encryptAge(Buffer.from("x"), { kind: "recipients", recipients: [stranger] });
  await vault.unlock([{ data: text, place: { file: "a.yml" } }]);
  for (const file of ["a.yml", "b.yml"]) {
    expect(() => vault.decrypt(text, { file })).toThrow(
      expect.objectContaining({ name: "InputError", code: "vault/refused", place: { file } }),
    );
  }
});

test("without an identity, an age text says how to give one", async () => {
  const vault = await openVault({});
  const isRefused = () =>
    expect(() => vault.open(fixture("age.txt"), place)).toThrow(
      expect.objectContaining({ code: "vault/no-identity", place }),
    );
  isRefused();
  await vault.unlock([{ data: fixture("age.txt") }]);
  isRefused();
});

test("text that is not encrypted, and bytes that are no text, are refused", async () => {
  const vault = await given(["default", "correct horse"]);
  expect(() => vault.decrypt("plain", place)).toThrow(expect.objectContaining({ code: "vault/not-encrypted", place }));
  expect(() => vault.decrypt(encryptAnsible(Buffer.from([0xff]), horse), place)).toThrow(
    expect.objectContaining({ code: "vault/not-text", place }),
  );
});

test("a password file may be encrypted with a password that was given before it", async () => {
  const inner = file("inner", encryptAnsible(Buffer.from("battery\n"), horse));
  const outer = file("outer", "correct horse");
  const vault = await openVault({
    passwords: [
      { kind: "file", path: outer },
      { kind: "file", id: "inner", path: inner },
    ],
  });
  const text = encryptAnsible(Buffer.from("x"), new VaultPassword("inner", Buffer.from("battery")));
  expect(vault.open(text).openedBy).toMatchObject({ password: { id: "inner" } });
});

test("a text that stands in a thousand places costs one derivation", async () => {
  const vault = await given(["default", "correct horse"]);
  const text = encryptAnsible(Buffer.from("x"), horse);
  const timed = (work: () => void) => {
    const since = performance.now();
    work();
    return performance.now() - since;
  };
  const once = timed(() => vault.decrypt(text));
  expect(
    timed(() => {
      for (let index = 0; index < 1000; index++) vault.decrypt(text);
    }),
  ).toBeLessThan(50 * once);
});

import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readIdentityFile } from "./read-identity-file.ts";

const { generateKeyPairSync: sshKey, parseKey } = ssh2.utils;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "keys-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function file(text: string, mode = 0o600): string {
  const path = join(directory, "key");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const read = (path: string) => readIdentityFile(path, parseKey);

test.each([
  ["ed25519", () => sshKey("ed25519").private],
  ["ecdsa", () => sshKey("ecdsa", { bits: 256 }).private],
  ["rsa", () => sshKey("rsa", { bits: 2048 }).private],
  ["rsa in PKCS#8", () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ["rsa in PKCS#1", () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString()],
])("reads %s", async (_name, make) => {
  expect(await read(file(make()))).toMatchObject({ kind: "key" });
});

test("an encrypted key tells its public half, and opens with the passphrase only", async () => {
  const pair = sshKey("ed25519", { passphrase: "open", cipher: "aes256-ctr", rounds: 1 });
  const found = await read(file(pair.private));
  if (found.kind !== "locked") throw new Error(found.kind);
  const publicKey = parseKey(pair.public);
  expect(publicKey instanceof Error || found.publicKey?.equals(publicKey)).toBe(true);
  expect(found.unlock("wrong")).toBeInstanceOf(Error);
  expect(found.unlock("open")).not.toBeInstanceOf(Error);
});

test("an encrypted key in PEM keeps its public half to itself, and a .pub beside it tells", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "open" }).toString();
  const path = file(pem);
  expect(await read(path)).toMatchObject({ kind: "locked" });
  expect(await read(path)).not.toHaveProperty("publicKey");
  writeFileSync(`${path}.pub`, sshKey("ed25519").public);
  expect(await read(path)).toHaveProperty("publicKey");
});

test("a key that others can read is not used", async () => {
  const found = await read(file(sshKey("ed25519").private, 0o640));
  expect(found).toMatchObject({ kind: "unusable", why: expect.stringContaining("chmod 600") });
});

test("a public key may be read by all; its private half is an agent's", async () => {
  expect(await read(file(sshKey("ed25519").public, 0o644))).toMatchObject({ kind: "public" });
});

test("a FIDO key is named as what it is", async () => {
  const found = await read(file("sk-ssh-ed25519@openssh.com AAAA", 0o644));
  expect(found).toMatchObject({ kind: "unusable", needsOpenssh: true });
});

test("nonsense and nothing", async () => {
  expect(await read(file("nonsense"))).toMatchObject({ kind: "unusable" });
  expect(await read(join(directory, "none"))).toEqual({ kind: "missing" });
});

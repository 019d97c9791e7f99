import { generateKeyPairSync as nodeKey } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readIdentityFile } from "./read-identity-file.ts";

const { generateKeyPairSync, parseKey } = ssh2.utils;

/** ssh2 makes one ed25519 key in 250 that nobody can read: that one is made again. */
function ed25519(options: { passphrase?: string; cipher?: string; rounds?: number } = {}) {
  for (;;) {
    const pair = generateKeyPairSync("ed25519", options as never);
    if (!(parseKey(pair.private, options.passphrase) instanceof Error)) return pair;
  }
}

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
  ["ed25519", () => ed25519().private],
  ["ecdsa", () => generateKeyPairSync("ecdsa", { bits: 256 }).private],
  ["rsa", () => generateKeyPairSync("rsa", { bits: 2048 }).private],
  [
    "rsa in PKCS#8",
    () => nodeKey("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  ],
  [
    "rsa in PKCS#1",
    () => nodeKey("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  ],
])("reads %s", async (_name, make) => {
  expect(await read(file(make()))).toMatchObject({ kind: "key" });
});

test("an encrypted key tells its public half, and opens with the passphrase only", async () => {
  const pair = ed25519({ passphrase: "open", cipher: "aes256-ctr", rounds: 1 });
  const found = await read(file(pair.private));
  if (found.kind !== "locked") throw new Error(found.kind);
  const publicKey = parseKey(pair.public);
  expect(publicKey instanceof Error || found.publicKey?.equals(publicKey)).toBe(true);
  expect(found.unlock("wrong")).toBeInstanceOf(Error);
  expect(found.unlock("open")).not.toBeInstanceOf(Error);
});

test("an encrypted key in PEM keeps its public half to itself, and a .pub beside it tells", async () => {
  const { privateKey } = nodeKey("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "open" }).toString();
  const path = file(pem);
  expect(await read(path)).toMatchObject({ kind: "locked" });
  expect(await read(path)).not.toHaveProperty("publicKey");
  writeFileSync(`${path}.pub`, ed25519().public);
  expect(await read(path)).toHaveProperty("publicKey");
});

test("a key that others can read is not used", async () => {
  const found = await read(file(ed25519().private, 0o640));
  expect(found).toMatchObject({ kind: "unusable", why: expect.stringContaining("chmod 600") });
});

test("a public key may be read by all; its private half is an agent's", async () => {
  expect(await read(file(ed25519().public, 0o644))).toMatchObject({ kind: "public" });
});

test("a FIDO key is named as what it is", async () => {
  const found = await read(file("sk-ssh-ed25519@openssh.com AAAA", 0o644));
  expect(found).toMatchObject({ kind: "unusable", needsOpenssh: true });
});

test("nonsense and nothing", async () => {
  expect(await read(file("nonsense"))).toMatchObject({ kind: "unusable" });
  expect(await read(join(directory, "none"))).toEqual({ kind: "missing" });
});

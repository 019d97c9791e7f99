import { readFileSync } from "node:fs";
import { InputError, Secret } from "@evenkeel/core";
import { Encrypter } from "age-encryption";
import { beforeAll, expect, test } from "vitest";
import { VaultPassword } from "../ansible/vault-password.ts";
import { decryptAge } from "./decrypt-age.ts";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const [identity = ""] = /^AGE-SECRET-KEY-.*$/m.exec(fixture("identity.txt").toString()) ?? [];
const password = new VaultPassword("default", Buffer.from("correct horse"));
const options = { identities: async () => [new Secret(identity)], passwords: [password] };

let withPassphrase: Buffer;
beforeAll(async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("correct horse");
  encrypter.setScryptWorkFactor(2);
  withPassphrase = Buffer.from(await encrypter.encrypt("s3cret"));
});

function flip(data: Buffer, at: number, bit: number): Buffer {
  const bytes = Buffer.from(data);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return bytes;
}

/** An age file whose beginning is damaged is no age file any more, which who reads files sees first. */
async function isRefused(data: Buffer): Promise<boolean> {
  try {
    await decryptAge(data, options);
    return false;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.code).toMatch(/^vault\/(damaged|refused)$/);
    return true;
  }
}

test.each(["age.txt", "age.bin"])("a flipped bit anywhere in %s is refused", { timeout: 120_000 }, async (name) => {
  const data = fixture(name);
  expect(await isRefused(data)).toBe(false);
  const accepted: number[] = [];
  for (let at = 0; at < data.length; at++) {
    for (let bit = 0; bit < 8; bit++) if (!(await isRefused(flip(data, at, bit)))) accepted.push(at);
  }
  expect(accepted).toEqual([]);
});

test("and in one with a passphrase", { timeout: 120_000 }, async () => {
  expect(await isRefused(withPassphrase)).toBe(false);
  const workFactor = withPassphrase.indexOf("\n", withPassphrase.indexOf("scrypt")) - 1;
  const accepted: number[] = [];
  for (let at = 0; at < withPassphrase.length; at++) {
    // A higher work factor would only cost time.
    if (at === workFactor) continue;
    for (let bit = 0; bit < 8; bit++) if (!(await isRefused(flip(withPassphrase, at, bit)))) accepted.push(at);
  }
  expect(accepted).toEqual([]);
});

test("one cut short anywhere is refused", async () => {
  for (const data of [fixture("age.txt").subarray(0, -1), fixture("age.bin"), withPassphrase]) {
    for (let length = 1; length < data.length; length += 7) {
      expect(await isRefused(data.subarray(0, length))).toBe(true);
    }
  }
});

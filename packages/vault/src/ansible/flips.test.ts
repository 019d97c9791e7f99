import { randomBytes } from "node:crypto";
import { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { decryptAnsible } from "./decrypt-ansible.ts";
import { encryptAnsible } from "./encrypt-ansible.ts";
import { VaultPassword } from "./vault-password.ts";

const password = new VaultPassword("dev", Buffer.from("correct horse"));

test("whatever is encrypted comes back, byte for byte", () => {
  for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 80, 1000, 65_536, 1_000_003]) {
    const plain = randomBytes(length);
    const text = encryptAnsible(plain, password);
    expect(decryptAnsible(text, { passwords: [password] }).plain.equals(plain)).toBe(true);
    expect(text.split("\n").every((line) => line.length <= 80)).toBe(true);
  }
});

test("the same text twice is never encrypted alike", () => {
  expect(encryptAnsible(Buffer.from("x"), password)).not.toBe(encryptAnsible(Buffer.from("x"), password));
});

const text = encryptAnsible(Buffer.from("s3cret"), password);
const label = { start: text.indexOf("dev"), end: text.indexOf("dev") + 3 };

/** Every text that is one bit away from this one. */
function* flips(from: string): Generator<{ readonly at: number; readonly flipped: string }> {
  for (let at = 0; at < from.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const bytes = Buffer.from(from, "latin1");
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      yield { at, flipped: bytes.toString("latin1") };
    }
  }
}

/** Each changed salt makes one derivation, so wrong keys come cheap here: what is tested does not depend on their strength. */
test("a flipped bit anywhere is refused", { timeout: 120_000 }, () => {
  let refused = 0;
  const accepted: number[] = [];
  for (const { at, flipped } of flips(text)) {
    try {
      const { plain } = decryptAnsible(flipped, { passwords: [password] });
      // The id is a nickname, and Ansible tries every password on every text. But nothing else comes out than was put in.
      expect(plain.toString()).toBe("s3cret");
      accepted.push(at);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.code).toMatch(/^vault\/(damaged|refused)$/);
      refused++;
    }
  }
  expect(accepted.every((at) => at >= label.start && at < label.end)).toBe(true);
  expect(refused + accepted.length).toBe(text.length * 8);
});

test("with ids matched, one in the id is refused as well", () => {
  const options = { passwords: [password], isIdMatched: true };
  expect(decryptAnsible(text, options).plain.toString()).toBe("s3cret");
  for (const { at, flipped } of flips(text)) {
    if (at >= label.start && at < label.end) expect(() => decryptAnsible(flipped, options)).toThrow(InputError);
  }
});

test("a text cut short anywhere is refused", () => {
  for (let length = 0; length < text.length - 1; length++) {
    expect(() => decryptAnsible(text.slice(0, length), { passwords: [password] })).toThrow(InputError);
  }
});

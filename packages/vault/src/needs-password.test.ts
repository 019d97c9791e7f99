import { readFileSync } from "node:fs";
import { armor, Encrypter } from "age-encryption";
import { expect, test } from "vitest";
import { needsPassword } from "./needs-password.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

test.each([
  ["ansible.yml", true],
  ["age.txt", false],
  ["age.bin", false],
  ["README.md", false],
])("%s: %s", (name, needs) => {
  expect(needsPassword(fixture(name))).toBe(needs);
  expect(needsPassword(fixture(name).toString("latin1"))).toBe(needs);
});

test("an age text with a passphrase does, in both of its forms", async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("correct horse");
  encrypter.setScryptWorkFactor(2);
  const binary = await encrypter.encrypt("s3cret");
  expect([needsPassword(binary), needsPassword(armor.encode(binary))]).toEqual([true, true]);
});

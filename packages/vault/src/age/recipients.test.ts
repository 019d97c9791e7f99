import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptAge } from "./encrypt-age.ts";
import { nearestRecipientsFile, readRecipientsFile } from "./recipients.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vault-recipients-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the nearest file upwards says who can read", () => {
  mkdirSync(join(folder, "a/b"), { recursive: true });
  expect(nearestRecipientsFile(join(folder, "a/b"))).toBeUndefined();
  writeFileSync(join(folder, "age-recipients.txt"), "# Ada\nage1ada\n\n  age1ben # Ben\n");
  expect(nearestRecipientsFile(join(folder, "a/b"))).toBe(join(folder, "age-recipients.txt"));
  expect(readRecipientsFile(join(folder, "age-recipients.txt"))).toEqual(["age1ada", "age1ben"]);
  writeFileSync(join(folder, "a/age-recipients.txt"), "# nobody yet\n");
  expect(nearestRecipientsFile(join(folder, "a/b"))).toBe(join(folder, "a/age-recipients.txt"));
  expect(() => readRecipientsFile(join(folder, "a/age-recipients.txt"))).toThrow(/there is no recipient/);
});

test.each(["age1ada", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1"])("%s is no recipient", async (recipient) => {
  const readers = { kind: "recipients", recipients: [recipient] } as const;
  await expect(encryptAge(Buffer.from("x"), readers)).rejects.toMatchObject({
    name: "InputError",
    code: "vault/recipient",
  });
});

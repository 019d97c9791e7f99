import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptAge } from "../src/age/encrypt-age.ts";
import { generateIdentity } from "../src/age/identity-file.ts";
import { VaultPassword } from "../src/ansible/vault-password.ts";
import { openVault } from "../src/vault.ts";

/** The real `age` on a real host, and ours here. */
let lab: Lab;
let host: Host;
let folder: string;
let recipient: string;
let identityFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "age-lab-"));
  lab = await createLab();
  [host] = (await lab.addHosts([{ name: "control" }])) as [Host];
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends age");
  await host.shell("age-keygen -o theirs.txt; age-keygen -y theirs.txt > theirs.pub; age-keygen -o third.txt");
  const identity = await generateIdentity();
  recipient = identity.recipient;
  identityFile = write("ours.txt", identity.file.reveal());
  await host.writeFile("ours.txt", identity.file.reveal());
});
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function read(data: string | Buffer, files = [identityFile], passwords: string[] = []) {
  const sources = passwords.map((text) => ({ kind: "file", path: write("password", text) }) as const);
  const vault = await openVault({ identityFiles: files, passwords: sources });
  await vault.unlock([{ data }]);
  return vault.open(data);
}

/** Says words, twice, to a program that asks for them at a terminal. The terminal keeps them until they are asked for. */
const atTerminal = (command: string, words: string) =>
  host.shell(`printf '${words}\\n${words}\\n' | script -qec '${command}' /dev/null`);

test("they take our key for one of theirs", async () => {
  expect((await host.shell("age-keygen -y ours.txt")).stdout.trim()).toBe(recipient);
});

// The last two are more than one chunk of age's, and exactly two.
test.each([0, 1, 1000, 65_537, 131_072])("of %i bytes, each reads what the other wrote", async (length) => {
  const plain = randomBytes(length);
  await host.writeFile("plain", plain);
  await host.shell(`age -a -r ${recipient} -R theirs.pub -o theirs.age plain`);
  const { plain: found, openedBy } = await read(await host.readFile("theirs.age"));
  expect(found.equals(plain)).toBe(true);
  expect(openedBy).toEqual({ kind: "identity", recipients: 2 });
  const recipients = [recipient, (await host.readFile("theirs.pub")).trim()];
  await host.writeFile("ours.age", await encryptAge(plain, { kind: "recipients", recipients }));
  for (const key of ["ours.txt", "theirs.txt"]) await host.shell(`age -d -i ${key} ours.age | cmp - plain`);
  expect((await host.shell("age -d -i third.txt ours.age", { check: false })).code).toBe(1);
});

test("their binary form is read", async () => {
  await host.shell(`printf s3cret | age -r ${recipient} | base64 -w0 > binary`);
  const { plain } = await read(Buffer.from(await host.readFile("binary"), "base64"));
  expect(plain.toString()).toBe("s3cret");
});

test("what is for somebody else is refused by both", async () => {
  await host.shell("printf s3cret | age -a -R theirs.pub > not-for-us");
  await expect(read(await host.readFile("not-for-us"))).rejects.toMatchObject({ code: "vault/refused" });
});

test("a passphrase of theirs is one of ours, and the other way round", async () => {
  await host.writeFile("plain", "s3cret");
  await atTerminal("age -p -a -o with-passphrase plain", "correct horse");
  const { plain } = await read(await host.readFile("with-passphrase"), [], ["correct horse"]);
  expect(plain.toString()).toBe("s3cret");
  const password = new VaultPassword("default", Buffer.from("correct horse"));
  await host.writeFile("ours.age", await encryptAge(Buffer.from("ours"), { kind: "passphrase", password }));
  await atTerminal("age -d -o read ours.age", "correct horse");
  expect(await host.readFile("read")).toBe("ours");
});

test("an identity file of theirs that has a passphrase is read", async () => {
  await atTerminal("age -p -a -o locked.txt ours.txt", "correct horse");
  await host.shell(`printf s3cret | age -a -r ${recipient} > for-us`);
  const file = write("locked.txt", await host.readFile("locked.txt"));
  const vault = await openVault({ identityFiles: [file], ask: async () => new Secret("correct horse") });
  const data = await host.readFile("for-us");
  await vault.unlock([{ data }]);
  expect(vault.decrypt(data).reveal()).toBe("s3cret");
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Opened } from "@evenkeel/vault";
import { generateIdentity, VaultPassword } from "@evenkeel/vault";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chooseAgain, lockChooser } from "./choose-lock.ts";
import type { LockOptions } from "./options.ts";

const ADA = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const BEN = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
let folder: string;
let password: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  password = join(folder, "password");
  writeFileSync(password, "correct horse");
  vi.stubEnv("XDG_CONFIG_HOME", join(folder, "config"));
  for (const name of ["VAULT_PASSWORD_FILE", "VAULT_IDENTITY_LIST", "VAULT_ENCRYPT_IDENTITY", "AGE_IDENTITY"]) {
    for (const whose of ["EVENKEEL", "ANSIBLE"]) vi.stubEnv(`${whose}_${name}`, "");
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const choose = (options: LockOptions) => lockChooser(options)(folder);
const hasRecipients = () => writeFileSync(join(folder, "age-recipients.txt"), `${ADA} # Ada\n${BEN}\n`);
const hasPassword = () => vi.stubEnv("ANSIBLE_VAULT_PASSWORD_FILE", password);
async function hasIdentity(): Promise<string> {
  const { file, recipient } = await generateIdentity();
  mkdirSync(join(folder, "config/evenkeel"), { recursive: true });
  writeFileSync(join(folder, "config/evenkeel/age.txt"), file.reveal());
  return recipient;
}

test("the command line comes first: recipients, or a vault password", async () => {
  hasRecipients();
  hasPassword();
  const age = await choose({ recipient: [BEN, BEN] });
  expect(age.lock).toEqual({ kind: "recipients", recipients: [BEN] });
  const ansible = await choose({ vaultId: [`dev@${password}`] });
  expect(ansible.lock).toMatchObject({ kind: "ansible-vault", id: "dev" });
  const known = await choose({ vaultId: [`dev@${password}`], encryptVaultId: "default" });
  expect(known.lock).toMatchObject({ kind: "ansible-vault", id: "default" });
});

test("then the project's file of recipients, then the environment's password, then the user's own identity", async () => {
  const own = await hasIdentity();
  expect(await choose({})).toMatchObject({ lock: { kind: "recipients", recipients: [own] }, isGuess: true });
  hasPassword();
  expect((await choose({})).lock).toMatchObject({ kind: "ansible-vault", id: "default" });
  hasRecipients();
  expect((await choose({})).lock).toEqual({ kind: "recipients", recipients: [ADA, BEN] });
});

test.each<[string, () => LockOptions, RegExp]>([
  ["nothing at all", () => ({}), /nothing says what to encrypt with/],
  ["both at once", () => ({ recipient: [ADA], vaultPasswordFile: [password] }), /at once/],
  ["a passphrase and recipients", () => ({ recipient: [ADA], passphrase: true }), /stands alone/],
  ["an id without a password", () => ({ encryptVaultId: "dev" }), /no vault password for the id dev/],
  ["two passwords", () => ({ vaultId: [`a@${password}`, `b@${password}`] }), /several vault passwords: a, b/],
])("%s is a mistake", async (_, options, message) => {
  await expect(choose(options())).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringMatching(message),
  });
});

test("of several passwords, the id decides", async () => {
  const vaultId = [`a@${password}`, `b@${password}`];
  expect((await choose({ vaultId, encryptVaultId: "b" })).lock).toMatchObject({ id: "b" });
  vi.stubEnv("ANSIBLE_VAULT_ENCRYPT_IDENTITY", "a");
  expect((await choose({ vaultId })).lock).toMatchObject({ id: "a" });
});

test("what was encrypted stays encrypted in the same way", async () => {
  const used = new VaultPassword("dev", Buffer.from("x"));
  const again = (openedBy: Opened["openedBy"], options: LockOptions = {}) =>
    chooseAgain({ plain: Buffer.alloc(0), openedBy }, options, folder);
  expect((await again({ kind: "ansible-vault", password: used, id: "prod" })).lock).toMatchObject({ id: "prod" });
  expect((await again({ kind: "ansible-vault", password: used })).lock).toMatchObject({ id: "default" });
  expect((await again({ kind: "passphrase", password: used })).lock).toEqual({ kind: "passphrase", password: used });
  const own = await hasIdentity();
  expect((await again({ kind: "identity", recipients: 1 })).lock).toMatchObject({ recipients: [own] });
});

test("others are not locked out by somebody who does not know of them", async () => {
  await hasIdentity();
  const opened: Opened = { plain: Buffer.alloc(0), openedBy: { kind: "identity", recipients: 3 } };
  await expect(chooseAgain(opened, {}, folder)).rejects.toMatchObject({ code: "vault/recipients" });
  expect((await chooseAgain(opened, { recipient: [ADA] }, folder)).lock).toMatchObject({ recipients: [ADA] });
  hasRecipients();
  expect((await chooseAgain(opened, {}, folder)).lock).toMatchObject({ recipients: [ADA, BEN] });
});

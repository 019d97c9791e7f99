import { InputError } from "@evenkeel/core";
import type { Locked, Opened, Vault } from "@evenkeel/vault";
import {
  encrypt,
  encryptedForm,
  parseVaultId,
  replaceInlineValues,
  toInlineValue,
  VaultPassword,
} from "@evenkeel/vault";
import { askTwice, hiddenQuestions } from "./ask-hidden.ts";
import type { Choice } from "./choose-lock.ts";
import {
  chooseAgain,
  chooseReaders,
  forPassword,
  newPassword,
  passwordFor,
  wantsAge,
  withPassphrase,
} from "./choose-lock.ts";
import { gather } from "./gather.ts";
import { lockedIn } from "./locked-in.ts";
import { openKeys, vaultOf } from "./open-keys.ts";
import type { LockOptions } from "./options.ts";
import type { Input } from "./read-input.ts";
import { readInputs } from "./read-input.ts";
import { writeResults } from "./write-results.ts";

export interface RekeyOptions extends LockOptions {
  readonly newVaultId?: string;
  readonly newVaultPasswordFile?: string;
}

/** Encrypts anew what is encrypted: whole files, or single values in them. Nothing is written before everything is. */
export async function rekey(files: readonly string[], options: RekeyOptions): Promise<void> {
  const inputs = await readInputs(files);
  const texts = new Map(inputs.map((input) => [input, lockedIn(input)]));
  const vault = await openKeys(options, [...texts.values()].flat());
  // First all are opened, so that nobody is asked for a new password in vain.
  await gather([...texts.values()].flat(), async ({ data, place }) => vault.open(data, place));
  const chooseNew = newLocks(options, vault);
  const results = await gather(inputs, (input) => rekeyOne(input, texts.get(input) ?? [], vault, chooseNew));
  writeResults(results, undefined, false);
}

type ChooseNew = (opened: Opened, folder: string) => Promise<Choice>;

async function rekeyOne(input: Input, texts: readonly Locked[], vault: Vault, chooseNew: ChooseNew) {
  const renewed = await gather(texts, async ({ data, place }) => {
    const opened = vault.open(data, place);
    const { lock, what } = await chooseNew(opened, input.folder);
    return { text: await encrypt(opened.plain, lock), what };
  });
  const what = [...new Set(renewed.map((each) => each.what))].join("; ");
  if (encryptedForm(input.data) !== undefined) {
    return { input, content: Buffer.from(renewed[0]?.text ?? ""), done: `encrypted ${what}` };
  }
  const queue = renewed.map(({ text }) => text);
  const yaml = replaceInlineValues(input.data.toString("utf8"), ({ indent }) =>
    toInlineValue(queue.shift() ?? "", indent),
  );
  return { input, content: Buffer.from(yaml), done: `values encrypted ${what}: ${renewed.length}` };
}

/** What a text is to be encrypted with from now on. Nobody is asked twice. */
function newLocks(options: RekeyOptions, vault: Vault): ChooseNew {
  const { newVaultId, newVaultPasswordFile, encryptVaultId } = options;
  const isForAnsible = [newVaultId, newVaultPasswordFile, encryptVaultId].some((each) => each !== undefined);
  if (isForAnsible && wantsAge(options)) {
    throw new InputError({ code: "cli/usage", message: "this asks for age and for Ansible Vault at once" });
  }
  const chosen = new Map<string, Promise<Choice>>();
  const once = (name: string, choose: () => Promise<Choice>): Promise<Choice> => {
    const choice = chosen.get(name) ?? choose();
    chosen.set(name, choice);
    return choice;
  };
  return (opened, folder) => {
    if (isForAnsible) return once("given", () => givenPassword(options, vault));
    if (wantsAge(options)) return once("given", () => chooseReaders(options, folder));
    const { kind } = opened.openedBy;
    return kind === "identity" ? chooseAgain(opened, options, folder) : once(kind, () => askedPassword(kind));
  };
}

/** Without a word on what is to be new: another password for what has one. */
async function askedPassword(kind: "ansible-vault" | "passphrase"): Promise<Choice> {
  const ask = hiddenQuestions();
  if (!ask) throw nobody();
  const what = kind === "passphrase" ? "passphrase" : "vault password";
  const answer = await askTwice(ask, `New ${what}: `, "The same again: ");
  const password = new VaultPassword("default", Buffer.from(answer.reveal().trim()));
  return kind === "passphrase" ? withPassphrase(password) : forPassword(password);
}

/** A new password, or, when only an id is named, that one of those that are known. */
async function givenPassword(options: RekeyOptions, vault: Vault): Promise<Choice> {
  const { newVaultId, newVaultPasswordFile, encryptVaultId } = options;
  const ask = hiddenQuestions();
  const sources = [
    ...(newVaultId ? [parseVaultId(newVaultId)] : []),
    ...(newVaultPasswordFile ? [{ kind: "file", id: "default", path: newVaultPasswordFile } as const] : []),
  ];
  const { passwords } = sources.length > 0 ? await vaultOf(options, sources, ask && newPassword(ask)) : vault;
  return forPassword(passwordFor(encryptVaultId, passwords));
}

const nobody = (): InputError =>
  new InputError({
    code: "vault/no-terminal",
    message: "nobody is there to be asked for the new vault password",
    hint: "--new-vault-password-file FILE gives one; -r age1… or -R FILE goes over to age",
  });

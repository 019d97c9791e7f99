import { InputError } from "@evenkeel/core";
import type { AskSecret, Lock, Opened } from "@evenkeel/vault";
import {
  fromEnvironment,
  nearestRecipientsFile,
  readRecipientsFile,
  recipientOf,
  VaultPassword,
} from "@evenkeel/vault";
import { askTwice, hiddenQuestions } from "./ask-hidden.ts";
import { sourcesOf, vaultOf } from "./open-keys.ts";
import type { LockOptions } from "./options.ts";

/** How to encrypt something in a folder, and in words for whom. */
export interface Choice {
  readonly lock: Lock;
  readonly what: string;
  /** Nobody said so: it is only that there is a key of the user's own. */
  readonly isGuess?: true;
}

/** Chooses for each folder once; what the command line says, is said for all. */
export function lockChooser(options: LockOptions): (folder: string) => Promise<Choice> {
  const isSaid = wantsAge(options) || wantsAnsible(options);
  const chosen = new Map<string, Promise<Choice>>();
  return (folder) => {
    const name = isSaid ? "" : folder;
    const choice = chosen.get(name) ?? chooseLock(options, folder);
    chosen.set(name, choice);
    return choice;
  };
}

/**
 * The command line decides; then the project, by its file of recipients; then the environment's vault password; then the
 * user's own identity.
 */
async function chooseLock(options: LockOptions, folder: string): Promise<Choice> {
  const isForAnsible = wantsAnsible(options);
  if (wantsAge(options) && isForAnsible) throw both();
  if (isForAnsible || (!wantsAge(options) && isOnlyInEnvironment(options, folder))) return chooseAnsible(options);
  return chooseReaders(options, folder);
}

/** With age, whatever passwords there are. */
export async function chooseReaders(options: LockOptions, folder: string): Promise<Choice> {
  if (wantsAge(options)) return chooseAge(options);
  const file = nearestRecipientsFile(folder);
  return file === undefined ? chooseOwn(options) : forAll(readRecipientsFile(file), file);
}

/** How an opened text was encrypted, to write it so again. For whom an age text is, it does not tell. */
export async function chooseAgain({ openedBy }: Opened, options: LockOptions, folder: string): Promise<Choice> {
  if (openedBy.kind === "ansible-vault") return forPassword(openedBy.password, openedBy.id ?? "default");
  if (openedBy.kind === "passphrase" && !wantsAge(options)) return withPassphrase(openedBy.password);
  const choice = await chooseReaders(options, folder);
  if (choice.isGuess && openedBy.kind === "identity" && openedBy.recipients > 1)
    throw forOthersToo(openedBy.recipients);
  return choice;
}

/** Whether the command line asks for age. */
export const wantsAge = ({ recipient, recipientsFile, passphrase }: LockOptions): boolean =>
  recipient !== undefined || recipientsFile !== undefined || passphrase === true;

const wantsAnsible = ({ vaultId, vaultPasswordFile, askVaultPass, encryptVaultId }: LockOptions): boolean =>
  [vaultId, vaultPasswordFile, encryptVaultId].some((each) => each !== undefined) || askVaultPass === true;

/** With age, for whom the command line says. */
async function chooseAge({ recipient = [], recipientsFile = [], passphrase }: LockOptions): Promise<Choice> {
  const recipients = [...recipient, ...recipientsFile.flatMap(readRecipientsFile)];
  if (!passphrase) return forAll([...new Set(recipients)], recipientsFile.join(", "));
  if (recipients.length > 0) throw usage("a passphrase stands alone: age mixes it with no recipients");
  const ask = hiddenQuestions();
  if (!ask) throw nobody("the new passphrase");
  const answer = await askTwice(ask, "New passphrase: ", "The same again: ");
  const password = new VaultPassword("passphrase", Buffer.from(answer.reveal()));
  return withPassphrase(password);
}

/** As Ansible Vault, with the one password that is given, or that of the id that is named. */
async function chooseAnsible(options: LockOptions): Promise<Choice> {
  const id = options.encryptVaultId ?? fromEnvironment("VAULT_ENCRYPT_IDENTITY");
  const said = sourcesOf(options, {});
  const sources = id === undefined && said.length > 0 ? said : sourcesOf(options);
  const ask = hiddenQuestions();
  const { passwords } = await vaultOf(options, sources, ask && newPassword(ask));
  return forPassword(passwordFor(id, passwords));
}

/** The password of an id; without one, the only one that there is. */
export function passwordFor(id: string | undefined, passwords: readonly VaultPassword[]): VaultPassword {
  const [found, ...others] = passwords.filter((password) => id === undefined || password.id === id);
  if (found && (id !== undefined || others.length === 0)) return found;
  if (!found) throw usage(`there is no vault password for the id ${id}`, `--vault-id ${id}@FILE gives one`);
  const ids = passwords.map((password) => password.id).join(", ");
  throw usage(`there are several vault passwords: ${ids}`, "--encrypt-vault-id LABEL says which");
}

/** As Ansible Vault, in words. */
export const forPassword = (password: VaultPassword, id = password.id): Choice => ({
  lock: { kind: "ansible-vault", password, id },
  what: `as Ansible Vault, with the password of the id ${password.id}`,
});

/** With age and a passphrase, in words. */
export const withPassphrase = (password: VaultPassword): Choice => ({
  lock: { kind: "passphrase", password },
  what: "with age and a passphrase",
});

/** A prompt for a new password asks twice. */
export const newPassword =
  (ask: AskSecret): AskSecret =>
  (question) =>
    askTwice(ask, `New ${question[0]?.toLowerCase()}${question.slice(1)}`, "The same again: ");

async function chooseOwn(options: LockOptions): Promise<Choice> {
  const vault = await vaultOf(options, [], hiddenQuestions());
  const identities = await vault.identities();
  if (identities.length === 0) {
    throw new InputError({
      code: "vault/no-key",
      message: "nothing says what to encrypt with",
      hint: "`evenkeel vault keygen` makes a key of your own; -r age1… encrypts for others; --vault-password-file FILE as Ansible does",
    });
  }
  return { ...forAll(await Promise.all(identities.map(recipientOf)), "your own identity"), isGuess: true };
}

function forAll(recipients: readonly string[], from: string): Choice {
  const count = recipients.length === 1 ? "1 recipient" : `${recipients.length} recipients`;
  return { lock: { kind: "recipients", recipients }, what: `with age, for ${count}${from && ` (${from})`}` };
}

const isOnlyInEnvironment = (options: LockOptions, folder: string): boolean =>
  nearestRecipientsFile(folder) === undefined && sourcesOf(options).length > 0;

function forOthersToo(recipients: number): InputError {
  return new InputError({
    code: "vault/recipients",
    message: `${recipients} can read this, and afterwards only you could: an age text does not tell who they are`,
    hint: "name them all with -r, or in a file called age-recipients.txt beside it or above",
  });
}

const both = (): InputError =>
  usage("this asks for age and for Ansible Vault at once", "give recipients, or a vault password");

const usage = (message: string, hint?: string): InputError =>
  new InputError({ code: "cli/usage", message, ...(hint !== undefined && { hint }) });

const nobody = (what: string): InputError =>
  new InputError({ code: "vault/no-terminal", message: `nobody is there to be asked for ${what}` });

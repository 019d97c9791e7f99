import type { Command } from "commander";

/** The keys to read with, as the command line gives them. */
export interface KeyOptions {
  readonly vaultId?: readonly string[];
  readonly vaultPasswordFile?: readonly string[];
  readonly askVaultPass?: boolean;
  readonly ageIdentity?: readonly string[];
}

/** How to encrypt, as the command line says it. */
export interface LockOptions extends KeyOptions {
  readonly recipient?: readonly string[];
  readonly recipientsFile?: readonly string[];
  readonly passphrase?: boolean;
  readonly encryptVaultId?: string;
}

/** The options of every command that reads secrets. */
export function addKeyOptions(command: Command): Command {
  return command
    .option("--vault-id <id>", "a vault password: LABEL@FILE, LABEL@prompt or FILE", collect)
    .option("--vault-password-file <file>", "a vault password, in a file or printed by a program", collect)
    .option("-J, --ask-vault-pass", "ask for a vault password")
    .option("--age-identity <file>", "an age identity (default: ~/.config/evenkeel/age.txt)", collect)
    .hook("preAction", async (_, action) => {
      const { settingsFor } = await import("../settings/settings.ts");
      for (const [name, value] of Object.entries(await settingsFor(action.opts())))
        action.setOptionValueWithSource(name, value, "config");
    });
}

/** The options of every command that writes secrets. */
export function addLockOptions(command: Command): Command {
  return command
    .option("-r, --recipient <key>", "encrypt with age for age1…", collect)
    .option("-R, --recipients-file <file>", "… for all in a file (default: the nearest age-recipients.txt)", collect)
    .option("--passphrase", "encrypt with age and a passphrase")
    .option("--encrypt-vault-id <label>", "encrypt as Ansible Vault, with the password of this id");
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

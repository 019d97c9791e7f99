import { Command, Option } from "commander";
import { addKeyOptions, addLockOptions } from "./vault/options.ts";

/** `evenkeel vault …`: the commands and their options; what they do is loaded when it is asked for. */
export function vaultCommand(): Command {
  return command("vault")
    .description("encrypt secrets with age, or as Ansible Vault does, and read them")
    .addCommand(encryptCommand())
    .addCommand(encryptStringCommand())
    .addCommand(decryptCommand())
    .addCommand(viewCommand())
    .addCommand(editCommand())
    .addCommand(rekeyCommand())
    .addCommand(keygenCommand());
}

const command = (name: string): Command => new Command(name).exitOverride();

const output = (): Option => new Option("-o, --output <file>", "write to this file; - is standard output");

const encryptCommand = (): Command =>
  addLockOptions(addKeyOptions(command("encrypt")))
    .description("encrypt files in place, or standard input to standard output")
    .argument("[files...]", "which; none, or -, is standard input")
    .addOption(output())
    .action(async (files, options) => (await import("./vault/encrypt.ts")).encryptFiles(files, options));

const encryptStringCommand = (): Command =>
  addLockOptions(addKeyOptions(command("encrypt-string")))
    .alias("encrypt_string")
    .description("encrypt a value, asked for or from standard input, as YAML for a file of variables")
    .argument("[value]", "refused: the command line can be seen by everybody on this machine")
    .option("-n, --name <variable>", "the variable's name")
    .action(async (value, options) => (await import("./vault/encrypt-string.ts")).encryptString(value, options));

const decryptCommand = (): Command =>
  addKeyOptions(command("decrypt"))
    .description("decrypt files in place, or standard input to standard output")
    .argument("[files...]", "which; none, or -, is standard input")
    .addOption(output())
    .action(async (files, options) => (await import("./vault/decrypt.ts")).decryptFiles(files, options));

const viewCommand = (): Command =>
  addKeyOptions(command("view"))
    .description("show what is encrypted: whole files, and single values in YAML files")
    .argument("<files...>", "which; - is standard input")
    .action(async (files, options) => (await import("./vault/view.ts")).view(files, options));

const editCommand = (): Command =>
  addLockOptions(addKeyOptions(command("edit")))
    .description("edit an encrypted file with $EDITOR; one that is not there is made")
    .argument("<file>", "which")
    .action(async (file, options) => (await import("./vault/edit.ts")).edit(file, options));

const rekeyCommand = (): Command =>
  addLockOptions(addKeyOptions(command("rekey")))
    .description("encrypt files, and single values in YAML files, with another key, or for other recipients")
    .argument("<files...>", "which")
    .addOption(new Option("--new-vault-password-file <file>", "the new password").conflicts("newVaultId"))
    .option("--new-vault-id <id>", "the new password, as LABEL@FILE or LABEL@prompt")
    .action(async (files, options) => (await import("./vault/rekey.ts")).rekey(files, options));

const keygenCommand = (): Command =>
  command("keygen")
    .description("make an age identity, and print the recipient that others encrypt to")
    .option("-o, --output <file>", "where to; else where it is looked for")
    .option("--passphrase", "encrypt it with a passphrase, which is then asked for each time")
    .action(async (options) => (await import("./vault/keygen.ts")).keygen(options));

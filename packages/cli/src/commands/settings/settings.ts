import { homedir } from "node:os";
import { resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { fromEnvironment } from "@evenkeel/vault";
import type { ConfigurationFile } from "./configuration-file.ts";
import { findConfiguration } from "./configuration-file.ts";

/** What a setting of Ansible's is on our command line. Its name in capitals is that of a variable in the environment. */
interface Setting {
  readonly option: string;
  read(text: string, directory: string): unknown;
  /** Whoever uses it asks the environment, too; and it adds to what is said on the command line. */
  readonly adds?: true;
}

const text = (value: string) => value;
const path = (value: string, directory: string) => resolve(directory, value.replace(/^~(?=\/|$)/, homedir()));
const flag = (value: string) => {
  if (/^(?:1|true|yes|on|y|t)$/i.test(value)) return true;
  return /^(?:0|false|no|off|n|f)$/i.test(value) ? false : wrong(value, "yes or no");
};
const count = (value: string) => (/^[1-9]\d*$/.test(value) ? Number(value) : wrong(value, "a number of at least 1"));
const listOf = (separator: string, read: Setting["read"]) => (value: string, directory: string) =>
  value
    .split(separator)
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => read(each, directory));
/** `LABEL@FILE`, `LABEL@prompt` or `FILE`. */
const vaultId = (value: string, directory: string) =>
  value.replace(/(?<=^|^[^@]*@)[^@]+$/s, (file) => (file === "prompt" ? file : path(file, directory)));

const settings: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  defaults: {
    inventory: { option: "inventory", read: listOf(",", path) },
    roles_path: { option: "rolesPath", read: listOf(":", path) },
    remote_user: { option: "user", read: text },
    private_key_file: { option: "privateKey", read: path },
    transport: { option: "connection", read: text },
    ask_pass: { option: "askPass", read: flag },
    forks: { option: "forks", read: count },
    ask_vault_pass: { option: "askVaultPass", read: flag },
    vault_identity_list: { option: "vaultId", read: listOf(",", vaultId), adds: true },
    vault_password_file: { option: "vaultPasswordFile", read: (value, from) => [path(value, from)], adds: true },
  },
  privilege_escalation: {
    become: { option: "become", read: flag },
    become_user: { option: "becomeUser", read: text },
    become_method: { option: "becomeMethod", read: text },
    become_ask_pass: { option: "askBecomePass", read: flag },
  },
};

/** What would give playbooks another meaning than they have here, and how to say it instead. */
const refused: readonly { readonly name: string; readonly isHarmless: RegExp; readonly hint: string }[] = [
  {
    name: "hash_behaviour",
    isHarmless: /^replace$/i,
    hint: "combine the mappings where they are used: `a | combine(b, recursive=true)`",
  },
  {
    name: "error_on_undefined_vars",
    isHarmless: /^(?:1|true|yes|on)$/i,
    hint: "give a default where one may be missing: `x | default('')`",
  },
  {
    name: "any_errors_fatal",
    isHarmless: /^(?:0|false|no|off)$/i,
    hint: "write `any_errors_fatal: true` into the plays",
  },
  { name: "force_handlers", isHarmless: /^(?:0|false|no|off)$/i, hint: "write `force_handlers: true` into the plays" },
  { name: "no_log", isHarmless: /^(?:0|false|no|off)$/i, hint: "write `no_log: true` into the plays" },
  { name: "private_role_vars", isHarmless: /^(?:0|false|no|off)$/i, hint: "give roles' variables names of their own" },
  { name: "precedence", isHarmless: /^$/, hint: "variables have the precedence that Ansible documents" },
  { name: "remote_port", isHarmless: /^22$/, hint: "set ansible_port in the inventory" },
  { name: "executable", isHarmless: /^\/bin\/sh$/, hint: "give the task `args: { executable: … }`" },
  {
    name: "jinja2_extensions",
    isHarmless: /^(?:\s*jinja2\.ext\.(?:do|loopcontrols|with_|i18n)\s*,?)*$/,
    hint: "templates have `do`, `break` and `continue` here; other extensions do not come along",
  },
];

/** What is set for the options that a command was not given. */
export async function settingsFor(
  given: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv = process.env,
  directory = process.cwd(),
): Promise<Readonly<Record<string, unknown>>> {
  const file = await findConfiguration(environment, directory);
  if (file) for (const each of refused) refuse(file, each);
  const found = Object.entries(settings).flatMap(([section, named]) =>
    Object.entries(named).flatMap(([name, { option, read, adds }]) => {
      const before = given[option];
      const said = fromEnvironment(name.toUpperCase(), environment);
      if (before !== undefined && !adds) return [];
      if (said !== undefined) return adds ? [] : [[option, at(name, undefined, () => read(said, directory))] as const];
      const written = file?.value(section, name);
      if (!file || !written) return [];
      const value = at(name, file, () => read(written, file.directory));
      return [[option, Array.isArray(before) && Array.isArray(value) ? [...value, ...before] : value] as const];
    }),
  );
  return Object.fromEntries(found);
}

/** Tells of what a setting cannot be where it stands. */
function at<T>(name: string, file: ConfigurationFile | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError({
      code: "cli/setting",
      message: `${file ? name : `ANSIBLE_${name.toUpperCase()}`}: ${error.message}`,
      ...(file && { place: file.placeOf(name) }),
    });
  }
}

function wrong(value: string, wanted: string): never {
  throw new RangeError(`${JSON.stringify(value)} is not ${wanted}`);
}

function refuse(file: ConfigurationFile, { name, isHarmless, hint }: (typeof refused)[number]): void {
  const value = file.value("defaults", name);
  if (value === undefined || isHarmless.test(value)) return;
  throw new InputError({
    code: "cli/setting",
    message: `${name} = ${value} would give playbooks another meaning than they have here`,
    place: file.placeOf(name),
    hint,
  });
}

import { InputError } from "@evenkeel/core";
import { isVaultId } from "../ansible/envelope.ts";
import type { VaultPassword } from "../ansible/vault-password.ts";

/** Where a vault password comes from. Without an id it goes by `default`. */
export type PasswordSource =
  /** A file that holds it, or a program that prints it. */
  | { readonly kind: "file"; readonly id?: string; readonly path: string }
  | { readonly kind: "prompt"; readonly id?: string }
  | { readonly kind: "given"; readonly password: VaultPassword };

/** What the command line says about vault passwords. */
export interface PasswordOptions {
  readonly vaultIds?: readonly string[];
  readonly passwordFiles?: readonly string[];
  readonly isAsking?: boolean;
}

/** All sources in the order in which Ansible tries them. `EVENKEEL_…` variables stand in for `ANSIBLE_…` ones. */
export function passwordSources(options: PasswordOptions, environment = process.env): readonly PasswordSource[] {
  const { vaultIds = [], passwordFiles = [], isAsking = false } = options;
  const listed = fromEnvironment("VAULT_IDENTITY_LIST", environment)?.split(",") ?? [];
  const file = fromEnvironment("VAULT_PASSWORD_FILE", environment);
  return [
    ...[...listed, ...vaultIds].map((text) => parseVaultId(text.trim())),
    ...[...passwordFiles, ...(file ? [file] : [])].map((path) => ({ kind: "file", id: "default", path }) as const),
    ...(isAsking ? [{ kind: "prompt" } as const] : []),
  ];
}

/** A setting that Ansible reads from the environment as well. An empty one is none. */
export function fromEnvironment(name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment[`EVENKEEL_${name}`] || environment[`ANSIBLE_${name}`] || undefined;
}

/** `LABEL@SOURCE` or `SOURCE`, where a source is a path or `prompt`. */
export function parseVaultId(text: string): PasswordSource {
  const [, id, source = ""] = /^(?:([^@]*)@)?(.*)$/s.exec(text) ?? [];
  if (source === "" || (id && !isVaultId(id))) {
    throw new InputError({
      code: "vault/id",
      message: `${JSON.stringify(text)} is no vault id`,
      hint: "it is LABEL@FILE, LABEL@prompt, or a file alone; a label has no semicolon and is plain ASCII",
    });
  }
  const named = id ? { id } : {};
  return source === "prompt" ? { kind: "prompt", ...named } : { kind: "file", ...named, path: source };
}

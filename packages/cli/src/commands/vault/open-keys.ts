import type { AskSecret, Locked, PasswordSource, Vault } from "@evenkeel/vault";
import { fromEnvironment, needsPassword, openVault, passwordSources } from "@evenkeel/vault";
import { hiddenQuestions } from "./ask-hidden.ts";
import type { KeyOptions } from "./options.ts";

/** The keys that the command line and the environment name, ready to open these. A password that is missing is asked for. */
export async function openKeys(options: KeyOptions, locked: readonly Locked[]): Promise<Vault> {
  const ask = hiddenQuestions();
  const sources = sourcesOf(options);
  const isMissing = sources.length === 0 && ask !== undefined && locked.some(({ data }) => needsPassword(data));
  const vault = await vaultOf(options, isMissing ? [{ kind: "prompt" }] : sources, ask);
  await vault.unlock(locked);
  return vault;
}

/** The vault passwords that the command line and the environment name. */
export function sourcesOf(options: KeyOptions, environment = process.env): readonly PasswordSource[] {
  const { vaultId = [], vaultPasswordFile = [], askVaultPass = false } = options;
  return passwordSources({ vaultIds: vaultId, passwordFiles: vaultPasswordFile, isAsking: askVaultPass }, environment);
}

/** A vault with these passwords, and with the identities that the command line and the environment name. */
export function vaultOf(
  options: KeyOptions,
  passwords: readonly PasswordSource[],
  ask: AskSecret | undefined,
): Promise<Vault> {
  const own = fromEnvironment("AGE_IDENTITY");
  return openVault({
    passwords,
    identityFiles: options.ageIdentity ?? (own ? [own] : []),
    isIdMatched: /^(1|true|yes|on|y|t)$/i.test(fromEnvironment("VAULT_ID_MATCH") ?? ""),
    ...(ask && { ask }),
  });
}

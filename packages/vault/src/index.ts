export { defaultIdentityFile, generateIdentity, recipientOf } from "./age/identity-file.ts";
export { nearestRecipientsFile, readRecipientsFile } from "./age/recipients.ts";
export { encryptAnsible } from "./ansible/encrypt-ansible.ts";
export { VaultPassword } from "./ansible/vault-password.ts";
export type { AskSecret } from "./ask-secret.ts";
export { encrypt, type Lock } from "./encrypt.ts";
export { type EncryptedForm, encryptedForm } from "./encrypted-form.ts";
export { type InlineValue, inlineValues, replaceInlineValues, toInlineValue } from "./inline-values.ts";
export { needsPassword } from "./needs-password.ts";
export {
  fromEnvironment,
  type PasswordOptions,
  type PasswordSource,
  parseVaultId,
  passwordSources,
} from "./passwords/password-source.ts";
export { type Locked, type Opened, openVault, type Vault, type VaultSources } from "./vault.ts";

import { ageRecipients } from "./age/age-binary.ts";
import { AGE_ARMOR_BEGIN, encryptedForm, latin1 } from "./encrypted-form.ts";

/** Whether only a password can open this, and no identity. */
export function needsPassword(data: string | Uint8Array): boolean {
  const form = encryptedForm(data);
  if (form !== "age") return form === "ansible-vault";
  const text = latin1(data);
  if (!text.startsWith(AGE_ARMOR_BEGIN)) return ageRecipients(Buffer.from(text, "latin1")).isPassphrase;
  // Good enough to look at its header; what is wrong with it is told when it is opened.
  return ageRecipients(Buffer.from(text.replace(/^-.*$/gm, ""), "base64")).isPassphrase;
}

/** The two ways in which a text can be encrypted that we know. */
export type EncryptedForm = "ansible-vault" | "age";

/** Which of them a text or file is in, by how it begins; undefined when it is not encrypted. */
export function encryptedForm(data: string | Uint8Array): EncryptedForm | undefined {
  const start = typeof data === "string" ? data : latin1(data.subarray(0, LONGEST));
  if (start.startsWith(ANSIBLE_MARK)) return "ansible-vault";
  return start.startsWith(AGE_ARMOR_BEGIN) || start.startsWith(AGE_BINARY_BEGIN) ? "age" : undefined;
}

/** Bytes as a string of one character each: both forms are ASCII, but for age's binary one. */
export function latin1(data: string | Uint8Array): string {
  if (typeof data === "string") return data;
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
}

export const ANSIBLE_MARK = "$ANSIBLE_VAULT";
export const AGE_ARMOR_BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
const AGE_BINARY_BEGIN = "age-encryption.org/v1\n";
const LONGEST = AGE_ARMOR_BEGIN.length;

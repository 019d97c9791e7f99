import { ANSIBLE_MARK } from "../encrypted-form.ts";

/** What an Ansible Vault text holds. The id is a nickname: it is not covered by the checksum. */
export interface Envelope {
  readonly id?: string;
  readonly salt: Buffer;
  readonly mac: Buffer;
  readonly ciphertext: Buffer;
}

/**
 * Takes a text apart, or says what is wrong with it. Stricter than Ansible, which would not notice some flipped bits:
 * digits are lower case as Ansible writes them, and nothing stands beside them.
 */
export function readEnvelope(text: string): Envelope | { readonly wrong: string } {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const [mark, version, cipher, id, ...more] = header.split(";").map((part) => part.replace(/^ +| +$/g, ""));
  if (mark !== ANSIBLE_MARK) return { wrong: `its first line does not begin with ${ANSIBLE_MARK};` };
  if (version !== "1.1" && version !== "1.2") return { wrong: "its version is neither 1.1 nor 1.2" };
  if (cipher !== "AES256") return { wrong: "its cipher is not AES256" };
  if (more.length > 0 || (id !== undefined && !isVaultId(id))) return { wrong: "its first line is damaged" };
  const fields = unhex(lines.join(""))?.toString("latin1").split("\n").map(unhex);
  if (!fields) return { wrong: "there is something else than hexadecimal digits in it" };
  const [salt, mac, ciphertext, ...rest] = fields;
  if (!salt?.length || mac?.length !== 32 || !ciphertext?.length || ciphertext.length % 16 !== 0 || rest.length > 0) {
    return { wrong: "it is incomplete, or was changed" };
  }
  return { ...(id !== undefined && { id }), salt, mac, ciphertext };
}

/** The text that Ansible would have written. An id makes it version 1.2. */
export function writeEnvelope({ id = "default", salt, mac, ciphertext }: Envelope): string {
  const header = id === "default" ? `${ANSIBLE_MARK};1.1;AES256` : `${ANSIBLE_MARK};1.2;AES256;${id}`;
  const body = hex(Buffer.from([salt, mac, ciphertext].map(hex).join("\n")));
  return `${[header, ...(body.match(/.{1,80}/g) ?? [])].join("\n")}\n`;
}

/** Whether a text can be an id: it must fit between semicolons, and leave the whole ASCII, or Ansible knows it no more. */
export const isVaultId = (id: string): boolean => /^[!-:<-~]([ -:<-~]*[!-:<-~])?$/.test(id);

const hex = (bytes: Buffer): string => bytes.toString("hex");

const unhex = (digits: string): Buffer | undefined =>
  /^(?:[0-9a-f]{2})+$/.test(digits) ? Buffer.from(digits, "hex") : undefined;

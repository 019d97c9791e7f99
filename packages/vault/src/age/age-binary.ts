import type { armor } from "age-encryption";
import { AGE_ARMOR_BEGIN, latin1 } from "../encrypted-form.ts";

/** The bytes of an age file, armoured or not, or what is wrong with its armour. */
export function ageBinary(
  data: string | Uint8Array,
  { decode }: typeof armor,
): Uint8Array | { readonly wrong: string } {
  const text = latin1(data);
  if (!text.startsWith(AGE_ARMOR_BEGIN)) return Buffer.from(text, "latin1");
  // The library trims more than spaces and line ends, and a flipped bit can make of a line end what it trims.
  if (!/^[\x20-\x7e\t\r\n]+$/.test(text)) return { wrong: "there is something else than armour in it" };
  try {
    return decode(text);
  } catch (cause) {
    return { wrong: (cause as Error).message };
  }
}

/** For how many recipients an age file is, and whether a passphrase opens it. Its header says so to everybody. */
export function ageRecipients(binary: Uint8Array): { readonly count: number; readonly isPassphrase: boolean } {
  const [header = ""] = latin1(binary).split("\n---", 1);
  const kinds = [...header.matchAll(/^-> (\S+)/gm)].map(([, kind]) => kind);
  // Clients add stanzas that mean nothing, so that readers learn to ignore what they do not know.
  const real = kinds.filter((kind) => !kind?.endsWith("-grease"));
  return { count: real.length, isPassphrase: real.includes("scrypt") };
}

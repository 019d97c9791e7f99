import type { Locked } from "@evenkeel/vault";
import { encryptedForm, inlineValues } from "@evenkeel/vault";
import type { Input } from "./read-input.ts";

/** What is encrypted in an input: all of it, or the values of a YAML file. */
export function lockedIn({ data, place }: Input): readonly Locked[] {
  const inline = encryptedForm(data) === undefined ? inlineValues(data.toString("utf8")) : [];
  // One without anything encrypted is told so by the vault.
  if (inline.length === 0) return [{ data, place }];
  return inline.map(({ text, line }) => ({ data: text, place: { file: place.file, line } }));
}

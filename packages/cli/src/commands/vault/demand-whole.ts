import { InputError } from "@evenkeel/core";
import { encryptedForm, inlineValues } from "@evenkeel/vault";
import type { Input } from "./read-input.ts";

/** Refuses a file with single encrypted values: decrypted, it would not show any more which of them are secrets. */
export function demandWhole({ data, place }: Input): void {
  if (encryptedForm(data) !== undefined || inlineValues(data.toString("utf8")).length === 0) return;
  throw new InputError({
    code: "vault/inline",
    message: "this is not encrypted as a whole: it has encrypted values",
    place,
    hint: "`evenkeel vault view` shows them, `encrypt-string` makes one, `rekey` gives them another key",
  });
}

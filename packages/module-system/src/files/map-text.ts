import { Secret } from "@evenkeel/core";

/** A text made of another: of a secret, a secret. */
export function mapText(text: string | Secret, convert: (plain: string) => string): string | Secret {
  return text instanceof Secret ? new Secret(convert(text.reveal())) : convert(text);
}

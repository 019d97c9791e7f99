import { createHash } from "node:crypto";

/** A key's fingerprint as OpenSSH prints it: `SHA256:…`, no padding. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** If a fingerprint that a person wrote down (with or without its `SHA256:` or padding) is this key's. */
export function isFingerprintOf(written: string, key: Buffer): boolean {
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^SHA256:/i, "")
      .replace(/=+$/, "");
  return bare(written) === bare(fingerprint(key));
}

import { hash } from "node:crypto";
import { sha256Crypt } from "./sha256-crypt.ts";

/** Whether an account's stored hash is of this password; undefined where only the server could tell. */
export function isPassword(
  password: string,
  { plugin, stored }: { readonly plugin: string; readonly stored: Buffer },
): boolean | undefined {
  if (plugin === "mysql_native_password") {
    if (password === "") return stored.length === 0;
    const inner = hash("sha1", password, "buffer");
    return stored.toString("latin1").toUpperCase() === `*${hash("sha1", inner, "hex").toUpperCase()}`;
  }
  if (plugin === "caching_sha2_password" || plugin === "sha256_password") return isSha2(password, stored);
  return undefined;
}

/** `$A$005$`, twenty bytes of salt, and 43 letters; the number is thousands of rounds, in hexadecimal. */
function isSha2(password: string, stored: Buffer): boolean {
  if (password === "") return stored.length === 0;
  const isCaching = stored.subarray(0, 3).toString("latin1") === "$A$";
  if (stored.length < 70 || !isCaching) return false;
  const rounds = Number.parseInt(stored.subarray(3, 6).toString("latin1"), 16) * 1000;
  const salt = stored.subarray(7, 27);
  return sha256Crypt(Buffer.from(password), salt, rounds) === stored.subarray(27).toString("latin1");
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { readable } from "../passwords/readable.ts";

/** The public keys in a file: one a line, with `#` for remarks on whose they are. */
export function readRecipientsFile(path: string): readonly string[] {
  const recipients = readable(path, "file of age recipients", () => readFileSync(path, "utf8"))
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  if (recipients.length > 0) return recipients;
  throw new InputError({
    code: "vault/recipient",
    message: "there is no recipient in this file",
    place: { file: path },
    hint: "one public key a line: age1…",
  });
}

/** The file that says who may read what is encrypted in a folder: the nearest of that name, upwards. */
export function nearestRecipientsFile(folder: string): string | undefined {
  const path = join(resolve(folder), "age-recipients.txt");
  if (existsSync(path)) return path;
  const parent = dirname(resolve(folder));
  return parent === resolve(folder) ? undefined : nearestRecipientsFile(parent);
}

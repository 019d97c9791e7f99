import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Locked, Vault } from "@evenkeel/vault";
import { encryptedForm, inlineValues } from "@evenkeel/vault";

const TOO_LARGE = 1024 * 1024;
const TOO_DEEP = 8;

/**
 * What age encrypted in a playbook's folder is opened before anything is read: its cryptography does not come at once.
 * The inventory, which may lie in a folder with much else, does that by itself.
 */
export async function unlockAge(vault: Vault, folder: string): Promise<void> {
  await vault.unlock([...filesIn(folder, 0)].flatMap(lockedIn));
}

function lockedIn(file: string): readonly Locked[] {
  const text = readFileSync(file, "utf8");
  if (!text.includes("BEGIN AGE ENCRYPTED FILE") && !text.startsWith("age-encryption.org/")) return [];
  if (encryptedForm(text) === "age") return [{ data: text, place: { file } }];
  return inlineValues(text).flatMap(({ text: data, line }) =>
    encryptedForm(data) === "age" ? [{ data, place: { file, line } }] : [],
  );
}

function* filesIn(folder: string, depth: number): Iterable<string> {
  if (depth > TOO_DEEP || !existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      yield* filesIn(path, depth + 1);
    else if (entry.isFile() && /(\.(ya?ml|json)|^[^.]+)$/.test(entry.name) && statSync(path).size < TOO_LARGE)
      yield path;
  }
}

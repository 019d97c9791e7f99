import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalFile } from "@evenkeel/core";

/** From this package's folder, where its tests run: what an answer is known by must be the same on every machine. */
const folder = "conformance/tables";

/** A file of the controller's, as the language finds it. */
export function ourFile(name: string): LocalFile {
  const localFile = ourPath(name);
  const bytes = readFileSync(localFile);
  return { localFile, sha256: hash("sha256", bytes), size: bytes.length };
}

export function ourPath(name: string): string {
  return join(folder, name);
}

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Case } from "./cases.ts";

/** Writes a case's files into a folder. */
export function writeCase({ files }: Case, folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
  }
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bootDebian, packageCache, prepareDebian } from "./debian-scripts.ts";

/** Lays out what a Debian image is made with: `prepare.sh`, and `scripts/` as it stands in the image. */
export function writeScripts(directory: string): void {
  const scripts = join(directory, "scripts");
  mkdirSync(scripts, { mode: 0o755 });
  writeFileSync(join(scripts, "boot"), bootDebian, { mode: 0o755 });
  writeFileSync(join(scripts, "package-cache"), packageCache, { mode: 0o755 });
  writeFileSync(join(directory, "prepare.sh"), prepareDebian);
}

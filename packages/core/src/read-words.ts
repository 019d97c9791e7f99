import { readFileSync } from "node:fs";

/** A piece of shell that lies beside our sources, without its comments and indentation: it travels over the wire. */
export function readWords(file: URL): string {
  return readFileSync(file, "utf8")
    .replace(/^[ \t]*(#.*)?\n/gm, "")
    .replace(/^[ \t]+/gm, "");
}

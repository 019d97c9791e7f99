import { globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Secret } from "@evenkeel/core";
import type { Context } from "../engine/context.ts";
import { TemplateFault } from "../python/fault.ts";
import { toText } from "../python/repr.ts";
import { strip } from "../python/split-text.ts";
import { isTrue } from "../python/truth.ts";
import { findFile, mustFind } from "./find-file.ts";
import type { Lookup } from "./lookup.ts";

/** Lookups of files on the machine that Evenkeel runs on. */
export const fileLookups: Readonly<Record<string, Lookup>> = {
  file: (terms, options, context) =>
    terms.map((term) => {
      const text = readText(mustFind(term, "files", context));
      const left = isTrue(options.get("lstrip") ?? false) ? strip(text, undefined, "left") : text;
      return isTrue(options.get("rstrip") ?? true) ? strip(left, undefined, "right") : left;
    }),
  unvault: (terms, _options, context) => terms.map((term) => new Secret(readText(mustFind(term, "files", context)))),
  fileglob: (terms, _options, context) => terms.flatMap((term) => glob(toText(term), context)),
};

export function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    throw new TemplateFault("file", `${path} cannot be read: ${(error as Error).message}`);
  }
}

/** The regular files in the first folder that has any. */
function glob(term: string, context: Context): readonly string[] {
  const pattern = basename(term);
  const { directories = [] } = context.environment;
  const folder = pattern === term ? undefined : findFile(dirname(term), "files", context);
  const folders = pattern === term ? directories.flatMap((each) => [join(each, "files"), each]) : [folder];
  for (const each of folders) {
    if (each === undefined) continue;
    const found = globSync(join(each, pattern)).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (found.length > 0) return found.sort();
  }
  return [];
}

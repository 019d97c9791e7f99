import { joinPaths } from "../filters/path-filters.ts";
import { dictGet, isDict } from "../python/dict.ts";
import { TemplateFault, wrongType } from "../python/fault.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";
import { findFile } from "./find-file.ts";
import type { Lookup } from "./lookup.ts";

/** The first of these files that there is. */
export const firstFound: Lookup = (terms, options, context) => {
  const wanted = terms.length > 0 ? terms : listed(options.get("files"));
  const names = wanted.flatMap((term) => namesIn(term, options));
  const folder = options.get("subdir");
  for (const name of names) {
    const found = findFile(name, folder === undefined ? undefined : toText(folder), context);
    if (found !== undefined) return [found];
  }
  const skips = wanted.some((term) => isDict(term) && isTrue(dictGet(term, "skip") ?? false));
  if (skips || isTrue(options.get("skip") ?? false)) return [];
  throw new TemplateFault("file", "No file was found when using first_found.", {
    hint: `looked for ${names.join(", ")}`,
  });
};

/** A term is a name, a list of names, or a dict with names and the folders to look in. */
function namesIn(term: unknown, options: Keywords): readonly string[] {
  if (Array.isArray(term)) return term.flatMap((each) => namesIn(each, options));
  if (typeof term === "string") return within(split([term], /[,;]/), listed(options.get("paths")));
  if (!isDict(term))
    throw wrongType(`Invalid term supplied. A string, dict or list is required, not '${typeName(term)}'.`);
  return within(split(listed(dictGet(term, "files")), /[,;]/), listed(dictGet(term, "paths")));
}

function within(files: readonly string[], paths: readonly unknown[]): readonly string[] {
  const folders = split(paths, /[,:;]/);
  return folders.length === 0 ? files : folders.flatMap((folder) => files.map((file) => joinPaths([folder, file])));
}

function listed(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function split(values: readonly unknown[], separator: RegExp): readonly string[] {
  return values.flatMap((value) => toText(value).split(separator));
}

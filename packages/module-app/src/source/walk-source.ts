import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { InputError } from "@evenkeel/core";

/** A file, folder or link of a folder of ours. */
export interface SourceEntry {
  readonly path: string;
  readonly sort: "file" | "directory" | "link";
  readonly isExecutable: boolean;
  readonly target?: string;
}

/** What is in a folder of ours and travels, in the order of paths. What is left out is not entered. */
export function walkSource(top: string, excludes: readonly string[]): readonly SourceEntry[] {
  const entries: SourceEntry[] = [];
  const enter = (folder: string) => {
    for (const name of readdirSync(join(top, folder)).sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (excludes.some((pattern) => isExcluded(path, name, pattern))) continue;
      const entry = entryOf(path, join(top, path));
      entries.push(entry);
      if (entry.sort === "directory") enter(path);
    }
  };
  try {
    enter("");
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError({ code: "app/source", message: `cannot read the folder ${top}`, cause });
  }
  if (entries.length === 0) throw new InputError({ code: "app/source", message: `${top} has nothing in it to deploy` });
  return entries;
}

/** A pattern with a slash is of the path from the top, one without is of a name anywhere. */
function isExcluded(path: string, name: string, pattern: string): boolean {
  const plain = pattern.replace(/^\.?\/|\/$/g, "");
  return pattern.replace(/\/$/, "").includes("/") ? matchesGlob(path, plain) : matchesGlob(name, plain);
}

function entryOf(path: string, full: string): SourceEntry {
  const stats = lstatSync(full);
  const isExecutable = (stats.mode & 0o100) !== 0;
  if (stats.isSymbolicLink()) return { path, sort: "link", isExecutable: false, target: readlinkSync(full) };
  if (stats.isDirectory()) return { path, sort: "directory", isExecutable: true };
  if (stats.isFile()) return { path, sort: "file", isExecutable };
  throw new InputError({
    code: "app/source",
    message: `${full} is neither a file, a folder nor a link`,
    hint: "leave it out with `exclude`",
  });
}

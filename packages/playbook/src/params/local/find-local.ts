import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";

/** Where a file of ours may be: below these, in the folder for its sort, or beside it. */
export interface LocalPlaces {
  readonly searchPath: readonly string[];
  readonly playbookDirectory: string;
}

export type LocalSort = "files" | "templates" | "vars" | "tasks" | "handlers";

/** Looks for a file or folder as Ansible does. What ends with a slash still does when it has been found. */
export function findLocal(path: string, sort: LocalSort, places: LocalPlaces): string | undefined {
  return localCandidates(path, sort, places).find((each) => existsSync(each));
}

/** All the paths at which it is looked for, in order. */
export function localCandidates(
  path: string,
  sort: LocalSort,
  { searchPath, playbookDirectory }: LocalPlaces,
): readonly string[] {
  const expanded = path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
  if (isAbsolute(expanded)) return [normalize(expanded)];
  const isInSort = path.split("/")[0] === sort;
  const below = (folder: string) => (isInSort ? [join(folder, path)] : [join(folder, sort, path), join(folder, path)]);
  const found = [...searchPath, playbookDirectory].flatMap((folder) => [
    ...besideTasks(folder, sort, path),
    ...below(folder),
  ]);
  return [...new Set(found)];
}

/** A task file in a folder below tasks/ finds what is beside tasks/, too. */
function besideTasks(folder: string, sort: string, path: string): readonly string[] {
  const parent = dirname(folder);
  return basename(parent) === "tasks" ? [join(dirname(parent), sort, path), join(parent, path)] : [];
}

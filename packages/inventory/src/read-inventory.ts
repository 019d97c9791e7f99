import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Roster } from "./hosts/roster.ts";
import { Inventory } from "./inventory.ts";
import type { Opener } from "./sources/inventory-files.ts";
import { InventoryFiles, realFolder } from "./sources/inventory-files.ts";
import { readSources } from "./sources/read-sources.ts";
import { VariableFolders } from "./variables/variable-folders.ts";

export interface InventoryOptions {
  /** What `-i` was given: files, folders, programs, and lists of hosts with a comma. */
  readonly sources: readonly string[];
  /** Where group_vars and host_vars of the playbook are. */
  readonly playbookDirectories?: readonly string[];
  /** Where relative paths begin; by default, where we are. */
  readonly workingDirectory?: string;
  readonly vault?: Opener;
  /** Of the command line, for constructed groups that ask for them. */
  readonly extraVariables?: Readonly<Record<string, unknown>>;
}

/** Reads an inventory. Throws all mistakes at once. */
export async function readInventory(options: InventoryOptions): Promise<Inventory> {
  const { sources, playbookDirectories = [], workingDirectory = process.cwd(), vault } = options;
  const files = new InventoryFiles({ workingDirectory, vault });
  const roster = new Roster();
  const variableFolders = new VariableFolders(files);
  const done: string[] = [];
  const foldersOf = (paths: readonly string[]) => lastOf(paths.flatMap((path) => folderOf(path, files)));
  const mistakes = await readSources(sources, {
    roster,
    files,
    done,
    construct: async (file) => {
      const { construct } = await import("./constructed/construct.ts");
      const { vault, extraVariables = {} } = options;
      return construct(file, { roster, files, variableFolders, folders: foldersOf(done), vault, extraVariables });
    },
  });
  if (mistakes.length > 0) throw new AggregateError(mistakes, mistakes[0]?.message);
  roster.settle();
  const besideSources = foldersOf(sources);
  const besidePlaybook = playbookDirectories.map((path) => realFolder(files.resolve(path)));
  if (vault?.unlock) {
    const { unlockValues } = await import("./sources/unlock-values.ts");
    await unlockValues(roster, [...besideSources, ...besidePlaybook], files);
  }
  return new Inventory({ roster, variableFolders, besideSources, besidePlaybook });
}

/** Where a source's group_vars are: in the folder, or beside the file; a list of hosts has none. */
function folderOf(source: string, files: InventoryFiles): readonly string[] {
  const path = files.resolve(source);
  if (source.includes(",") && !existsSync(path)) return [];
  return [realFolder(statSync(path).isDirectory() ? path : dirname(path))];
}

/** Of folders that are there twice, the last counts. */
function lastOf(folders: readonly string[]): readonly string[] {
  return folders.filter((folder, index) => folders.lastIndexOf(folder) === index);
}

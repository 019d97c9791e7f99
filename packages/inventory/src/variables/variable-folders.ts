import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import type { FileValue, InventoryFiles } from "../sources/inventory-files.ts";
import { isMapping } from "../sources/read-groups.ts";
import { findVariableFiles } from "./find-variable-files.ts";
import type { VariableLayer } from "./layer.ts";
import type { InventoryLevel } from "./level.ts";
import { variablesOf } from "./variable.ts";

/** What `group_vars` and `host_vars` beside an inventory or a playbook say, each file read once, when it is needed. */
export class VariableFolders {
  readonly #files: InventoryFiles;
  readonly #values = new Map<string, FileValue>();
  readonly #found = new Map<string, readonly string[]>();
  readonly #isThere = new Map<string, boolean>();

  constructor(files: InventoryFiles) {
    this.#files = files;
  }

  ofGroup(folders: readonly string[], group: string, level: InventoryLevel): readonly VariableLayer[] {
    return this.#layers(folders, "group_vars", group).map((layer) => ({ ...layer, level, group }));
  }

  ofHost(folders: readonly string[], host: string, level: InventoryLevel): readonly VariableLayer[] {
    return this.#layers(folders, "host_vars", host).map((layer) => ({ ...layer, level }));
  }

  #layers(
    folders: readonly string[],
    kind: string,
    name: string,
  ): readonly Pick<VariableLayer, "file" | "variables">[] {
    // A path cannot be the name of a file in there, and hosts that are folders may have such names.
    if (name.startsWith("/")) return [];
    return folders.flatMap((folder) => this.#find(join(folder, kind), name).flatMap((path) => this.#read(path)));
  }

  #find(folder: string, name: string): readonly string[] {
    let isThere = this.#isThere.get(folder);
    if (isThere === undefined) {
      isThere = existsSync(folder);
      this.#isThere.set(folder, isThere);
    }
    if (!isThere) return [];
    const path = join(folder, name);
    const found = this.#found.get(path) ?? findVariableFiles(folder, name);
    this.#found.set(path, found);
    return found;
  }

  #read(path: string): readonly Pick<VariableLayer, "file" | "variables">[] {
    const known = this.#values.get(path) ?? this.#files.value(path);
    this.#values.set(path, known);
    const { value, where } = known;
    if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return [];
    if (isMapping(value)) return [{ file: this.#files.shown(path), variables: new Map(variablesOf(value, where)) }];
    throw new InputError({
      code: "inventory/vars-file",
      message: "a file of variables is a mapping from names to values",
      place: where.place,
    });
  }
}

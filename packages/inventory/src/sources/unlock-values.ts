import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import { Vaulted } from "@evenkeel/yaml";
import type { Roster } from "../hosts/roster.ts";
import { filesIn } from "../variables/find-variable-files.ts";
import type { InventoryFiles } from "./inventory-files.ts";
import { isMapping } from "./read-groups.ts";

/** Unlocks what age encrypted among an inventory's variables and in the files beside it, wherever it will be needed. */
export async function unlockValues(roster: Roster, folders: readonly string[], files: InventoryFiles): Promise<void> {
  const beside = folders
    .flatMap((folder) => ["group_vars", "host_vars"].map((kind) => join(folder, kind)))
    .flatMap((folder) => (existsSync(folder) ? filesIn(folder) : []));
  const withAge = await files.unlockFiles(beside);
  const owners = [...roster.groups.values(), ...roster.hosts.values()];
  const layers = owners.flatMap((owner) => owner.layers).flatMap(({ variables }) => [...variables.values()]);
  const values = [...layers.map(({ value }) => value), ...withAge.flatMap((path) => readIfRight(path, files))];
  await files.unlock(
    values.flatMap((value) => [...vaultedIn(value)]).map(({ ciphertext, place }) => ({ data: ciphertext, place })),
  );
}

/** What is wrong with a file is told when it is needed. */
function readIfRight(path: string, files: InventoryFiles): readonly unknown[] {
  try {
    return [files.value(path).value];
  } catch (error) {
    if (error instanceof AggregateError || error instanceof InputError) return [];
    throw error;
  }
}

function* vaultedIn(value: unknown): Iterable<Vaulted> {
  if (value instanceof Vaulted) yield value;
  else if (Array.isArray(value)) for (const each of value) yield* vaultedIn(each);
  else if (value instanceof Map) for (const each of value.values()) yield* vaultedIn(each);
  else if (isMapping(value)) for (const each of Object.values(value)) yield* vaultedIn(each);
}

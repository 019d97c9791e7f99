import type { InventoryQuestion } from "@evenkeel/inventory";
import { describeInventory, readInventory } from "@evenkeel/inventory";
import { findInventory } from "../project/find-inventory.ts";
import { hiddenQuestions } from "../vault/ask-hidden.ts";
import { sourcesOf, vaultOf } from "../vault/open-keys.ts";
import type { KeyOptions } from "../vault/options.ts";

interface InventoryCommandOptions extends KeyOptions {
  readonly inventory?: readonly string[];
  readonly list?: boolean;
  readonly host?: string;
  readonly yaml?: boolean;
  readonly json?: boolean;
  readonly export?: boolean;
  readonly limit?: string;
  readonly playbookDir: string;
}

/** Reads an inventory and prints what is asked of it. */
export async function printInventory(group: string, options: InventoryCommandOptions): Promise<void> {
  const inventory = await readInventory({
    sources: findInventory(options.inventory),
    playbookDirectories: [options.playbookDir],
    vault: await vaultOf(options, sourcesOf(options), hiddenQuestions()),
  });
  process.stdout.write(`${await describeInventory(inventory, questionOf(group, options))}\n`);
}

function questionOf(group: string, options: InventoryCommandOptions): InventoryQuestion {
  const { host, list, json, yaml, limit, export: isExport } = options;
  const format = yaml ? "yaml" : "json";
  if (host !== undefined) return { ask: "host", host, format };
  return list || json || yaml || isExport ? { ask: "list", format, limit, isExport } : { ask: "graph", group };
}

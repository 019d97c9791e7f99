import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Inventory, InventoryOptions } from "../src/index.ts";
import { readInventory } from "../src/index.ts";
import { writeCase } from "./write-case.ts";

/** Reads an inventory of these files, in a folder that is gone afterwards: what is to be read must be asked for in `use`. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (inventory: Inventory) => Result,
  options: Partial<InventoryOptions> = {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-inventory-"));
  try {
    writeCase({ name: "", files }, folder);
    const sources = options.sources ?? Object.keys(files).slice(0, 1);
    return use(await readInventory({ ...options, sources, workingDirectory: folder }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { closest, InputError } from "@evenkeel/core";
import type { Inventory } from "../inventory.ts";
import { graphInventory } from "./graph-inventory.ts";
import { plainValue, shownValue } from "./listed-value.ts";
import { listHost, listInventory, nestInventory } from "./listing.ts";
import { printJson } from "./print-json.ts";

/** What can be asked of an inventory, as `ansible-inventory` is asked. */
export type InventoryQuestion =
  | { readonly ask: "graph"; readonly group: string }
  | { readonly ask: "host"; readonly host: string; readonly format: "json" | "yaml" }
  | {
      readonly ask: "list";
      readonly format: "json" | "yaml";
      readonly limit?: string | undefined;
      readonly isExport?: boolean | undefined;
    };

/** The answer as text. */
export async function describeInventory(inventory: Inventory, question: InventoryQuestion): Promise<string> {
  if (question.ask === "graph") return drawGroup(inventory, question.group);
  if (question.ask === "host") return print(listKnownHost(inventory, question), question.format);
  const list = question.format === "yaml" ? nestInventory : listInventory;
  return print(list(inventory, question), question.format);
}

function drawGroup(inventory: Inventory, name: string): string {
  const { groups } = inventory.roster;
  const group = groups.get(name);
  if (group) return graphInventory(inventory, group);
  const hint = closest(name, groups.keys()) ?? `there are ${[...groups.keys()].join(", ")}`;
  throw new InputError({ code: "inventory/no-such-group", message: `there is no group ${name}`, hint });
}

function listKnownHost(inventory: Inventory, { host: pattern, format }: Extract<InventoryQuestion, { ask: "host" }>) {
  const hosts = inventory.selectKnown(pattern);
  const [host] = hosts;
  if (host !== undefined && hosts.length === 1)
    return listHost(inventory, host, format === "yaml" ? plainValue : shownValue);
  const message = `${pattern} names ${hosts.length} hosts, and --host is for one`;
  throw new InputError({ code: "inventory/one-host", message, hint: "evenkeel inventory --list --limit …" });
}

async function print(value: unknown, format: "json" | "yaml"): Promise<string> {
  if (format === "json") return printJson(value);
  const { printYaml } = await import("./print-yaml.ts");
  return (await printYaml(value)).trimEnd();
}

import { existsSync } from "node:fs";

const usual = ["inventory", "inventory.yml", "inventory.yaml", "inventory.ini", "hosts", "hosts.yml"];

/** What `-i` said; else the environment; else the file that projects usually have; else this machine alone. */
export function findInventory(given: readonly string[] | undefined, environment = process.env): readonly string[] {
  if (given !== undefined && given.length > 0) return given;
  const named = environment.EVENKEEL_INVENTORY ?? environment.ANSIBLE_INVENTORY;
  if (named) return named.split(",");
  const found = usual.find((name) => existsSync(name));
  return found === undefined ? [] : [found];
}

import { Command, Option } from "commander";
import { addKeyOptions } from "./vault/options.ts";

/** `evenkeel inventory`: which hosts and groups there are, and what is set for them. */
export function inventoryCommand(): Command {
  return addKeyOptions(
    new Command("inventory")
      .exitOverride()
      .description("the hosts and groups of an inventory, with their variables, as ansible-inventory prints them")
      .argument("[group]", "the group to draw", "all")
      .option("-i, --inventory <source>", "a file, folder or program, or hosts with a comma", collect)
      .addOption(new Option("--graph", "draw the groups (the default)").conflicts(["list", "host"]))
      .addOption(new Option("--list", "all groups, and all variables of each host").conflicts("host"))
      .option("--host <name>", "the variables of one host")
      .addOption(new Option("--json", "as JSON (the default for lists)").conflicts("yaml"))
      .option("-y, --yaml", "as YAML")
      .option("--export", "in a list, variables where they are set and not where they arrive")
      .option("-l, --limit <pattern>", "only these hosts")
      .option("--playbook-dir <folder>", "a playbook's folder, for its group_vars and host_vars", "."),
  ).action(async (group, options) => (await import("./inventory/print-inventory.ts")).printInventory(group, options));
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

import { Command } from "commander";

/** `evenkeel modules`: what a task can call. */
export function modulesCommand(): Command {
  return new Command("modules")
    .exitOverride()
    .description(
      "what a task can call, modules of your own in ./modules too; with a name, all that there is to say about it",
    )
    .argument("[name]", "a module")
    .option("--json", "as JSON Schema, for editors")
    .action(async (name, options) => (await import("./modules/show-modules.ts")).showModules(name, options));
}

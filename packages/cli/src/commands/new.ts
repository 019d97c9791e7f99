import { Command } from "commander";

/** `evenkeel new`: a place to begin. */
export function newCommand(): Command {
  return new Command("new")
    .exitOverride()
    .description("a new project, or a new module with its test, ready to be run")
    .argument("<what>", "project or module")
    .argument("<name>", "its folder, or the module's name")
    .action(async (what, name) => (await import("./new/write-new.ts")).writeNew(what, name));
}

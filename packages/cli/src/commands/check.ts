import { Command } from "commander";
import { addPlaybookOptions } from "./project/options.ts";

/** `evenkeel check`: every mistake at once, and no host touched. */
export function checkCommand(): Command {
  return addPlaybookOptions(
    new Command("check")
      .exitOverride()
      .description("find every mistake, touch nothing")
      .argument("<playbooks...>", "YAML files")
      .action(async (playbooks, options) =>
        (await import("./check/check-playbooks.ts")).checkPlaybooks(playbooks, options),
      ),
  );
}

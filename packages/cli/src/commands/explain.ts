import { Command } from "commander";
import { addPlaybookOptions } from "./project/options.ts";

/** `evenkeel explain`: where a variable's value comes from. */
export function explainCommand(): Command {
  return addPlaybookOptions(
    new Command("explain")
      .exitOverride()
      .description("where a variable's value comes from, and what it overrides")
      .argument("<variable>", "its name")
      .argument("<host>", "a host of the inventory")
      .argument("[playbooks...]", "with their variables, too")
      .action(async (variable, host, playbooks, options) =>
        (await import("./explain/explain-variable.ts")).explainVariable(variable, host, playbooks, options),
      ),
  );
}

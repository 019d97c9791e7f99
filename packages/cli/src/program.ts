import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { checkCommand } from "./commands/check.ts";
import { completionCommand } from "./commands/completion.ts";
import { explainCommand } from "./commands/explain.ts";
import { execCommand, factsCommand, pendingCommand, unlockCommand } from "./commands/hosts.ts";
import { inventoryCommand } from "./commands/inventory.ts";
import { labCommand } from "./commands/lab.ts";
import { logCommand } from "./commands/log.ts";
import { modulesCommand } from "./commands/modules.ts";
import { newCommand } from "./commands/new.ts";
import { applyCommand, planCommand } from "./commands/plan-and-apply.ts";
import { vaultCommand } from "./commands/vault.ts";
import { exitStatus, reportError } from "./report-error.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("evenkeel")
  .description("Keeps servers on an even keel: shows what it would change, changes only that.")
  .version(version)
  .exitOverride()
  .addCommand(checkCommand())
  .addCommand(planCommand())
  .addCommand(applyCommand())
  .addCommand(inventoryCommand())
  .addCommand(vaultCommand())
  .addCommand(execCommand())
  .addCommand(factsCommand())
  .addCommand(explainCommand())
  .addCommand(pendingCommand())
  .addCommand(unlockCommand())
  .addCommand(logCommand())
  .addCommand(modulesCommand())
  .addCommand(newCommand())
  .addCommand(labCommand());
program.addCommand(completionCommand(program));

try {
  await program.parseAsync();
} catch (error) {
  // Commander has already written its own text.
  if (!(error instanceof CommanderError)) process.stderr.write(reportError(error));
  process.exitCode = exitStatus(error);
}

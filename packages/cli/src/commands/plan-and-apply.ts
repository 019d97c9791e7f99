import { Command } from "commander";
import { addPlaybookOptions } from "./project/options.ts";

/** `evenkeel plan` and `evenkeel apply`; what they do is loaded when it is asked for. */
export function planCommand(): Command {
  return runCommand("plan")
    .description("say what would change, as diffs; change nothing")
    .option("--exit-code", "exit with 4 when changes are pending")
    .option("--out <file>", "keep the plan, for `evenkeel apply FILE` to carry out exactly that")
    .action(async (playbooks, options) =>
      (await import("./run/run-playbook.ts")).runPlaybook("plan", playbooks, options),
    );
}

export function applyCommand(): Command {
  return runCommand("apply")
    .description("show the plan, ask, change, and look whether it is so")
    .option("-y, --yes", "do not ask")
    .option("-C, --check", "only say what would change, as `plan` does")
    .option("--wait [seconds]", "wait for a host that another run has")
    .action(async (playbooks, options) =>
      (await import("./run/run-playbook.ts")).runPlaybook(options.check ? "plan" : "apply", playbooks, options),
    );
}

const runCommand = (name: string): Command =>
  addPlaybookOptions(
    new Command(name)
      .exitOverride()
      .argument("<playbooks...>", "YAML files; or, to apply, a plan that was kept")
      .option("-D, --diff", "show differences (the default)")
      .option("--no-diff", "name what changes, without its content"),
  );

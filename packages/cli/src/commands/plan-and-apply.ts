import { Command } from "commander";

/** `evenkeel plan` and `evenkeel apply`; what they do is loaded when it is asked for. */
export function planCommand(): Command {
  return runCommand("plan")
    .description("say what would change, as diffs; change nothing")
    .option("--exit-code", "exit with 4 when changes are pending")
    .action(async (playbook, options) =>
      (await import("./run/run-playbook.ts")).runPlaybook("plan", playbook, options),
    );
}

export function applyCommand(): Command {
  return runCommand("apply")
    .description("show the plan, ask, change, and look whether it is so")
    .option("-y, --yes", "do not ask")
    .option("--wait [seconds]", "wait for a host that another run has")
    .action(async (playbook, options) =>
      (await import("./run/run-playbook.ts")).runPlaybook("apply", playbook, options),
    );
}

const runCommand = (name: string): Command =>
  new Command(name)
    .exitOverride()
    .argument("<playbook>", "a YAML file")
    .requiredOption("-i, --inventory <file>", "which hosts there are")
    .option("-l, --limit <pattern>", "only these hosts")
    .option("--json", "one event per line");

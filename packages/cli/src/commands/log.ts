import { Command } from "commander";

/** `evenkeel log`: the runs made from this machine. */
export function logCommand(): Command {
  return new Command("log")
    .exitOverride()
    .description("the runs made from this machine, or what one of them did")
    .argument("[run]", "a run's time or name as the list shows it; `last` for the newest")
    .option("--json", "the events as they were written down")
    .action(async (run, options) => (await import("./log/show-log.ts")).showLog(run, options));
}

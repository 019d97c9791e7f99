import { Command } from "commander";
import { addHostOptions } from "./project/options.ts";

/** `evenkeel exec`: one command on many hosts. */
export function execCommand(): Command {
  return addHostOptions(
    new Command("exec")
      .exitOverride()
      .description("run a command on hosts, and show what it says")
      .argument("<pattern>", "which hosts")
      .argument("<command...>", "what to run; after `--` when it has options of its own")
      .action(async (pattern, words, options) => (await import("./hosts/exec.ts")).exec(pattern, words, options)),
  );
}

/** `evenkeel pending`: what is still to be done on hosts. */
export function pendingCommand(): Command {
  return addHostOptions(
    new Command("pending")
      .exitOverride()
      .description("what is still to be done on hosts, and who has them")
      .argument("[pattern]", "which hosts", "all")
      .action(async (pattern, options) => (await import("./hosts/pending.ts")).pending(pattern, options)),
  );
}

/** `evenkeel unlock`: gives a host free that a run holds which will not come back. */
export function unlockCommand(): Command {
  return addHostOptions(
    new Command("unlock")
      .exitOverride()
      .description("free hosts that are held by a run that will not come back")
      .argument("<pattern>", "which hosts")
      .option("-y, --yes", "do not ask")
      .action(async (pattern, options) => (await import("./hosts/unlock.ts")).unlock(pattern, options)),
  );
}

/** `evenkeel facts`: what hosts say of themselves. */
export function factsCommand(): Command {
  return addHostOptions(
    new Command("facts")
      .exitOverride()
      .description("what hosts say of themselves, under the names that playbooks use")
      .argument("<pattern>", "which hosts")
      .argument("[facts...]", "only facts whose names match one of these patterns: ansible_*_mb")
      .action(async (pattern, names, options) => (await import("./hosts/facts.ts")).facts(pattern, names, options)),
  );
}

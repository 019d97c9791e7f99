import type { CommandResult } from "./run-command.ts";

/** A command ended with a status other than 0; the message carries the end of what it said. */
export class CommandFailed extends Error {
  readonly code = "lab/command-failed";
  readonly argv: readonly string[];
  readonly result: CommandResult;

  constructor(argv: readonly string[], result: CommandResult) {
    const said = lastLines(result.stderr) || lastLines(result.stdout) || "(it said nothing)";
    super(`exit ${result.code} from: ${shorten(argv.join(" ").replace(/\s+/g, " "))}\n${said}`);
    this.name = "CommandFailed";
    this.argv = argv;
    this.result = result;
  }
}

const lastLines = (text: string): string => text.trim().split("\n").slice(-12).join("\n");

const shorten = (line: string): string => (line.length > 200 ? `${line.slice(0, 200)}…` : line);

import type { ChildProcess } from "node:child_process";
import type { CommandOptions, CommandResult } from "../machine/run-command.ts";
import { runCommand } from "../machine/run-command.ts";

export type EngineKind = "podman" | "docker";

export type EngineSetup = {
  kind: EngineKind;
  /** The engine's command with all that must stand before it. */
  command: readonly string[];
  /** Makes any command run as root on the machine; undefined when that cannot be had (docker's group only). */
  privilege: readonly string[] | undefined;
};

/** A container engine that answers, and the commands of ours that it is running. */
export class Engine {
  readonly kind: EngineKind;
  readonly privilege: readonly string[] | undefined;
  /** What runs now: ended with the process that owns it. */
  readonly running = new Set<ChildProcess>();
  readonly #command: readonly string[];

  constructor(setup: EngineSetup) {
    this.kind = setup.kind;
    this.privilege = setup.privilege;
    this.#command = setup.command;
  }

  run(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return runCommand(this.argv(args), { ...options, running: this.running, shownAs: [this.kind, ...args] });
  }

  /** The whole command line, for a caller that spawns it itself. */
  argv(args: readonly string[]): string[] {
    return [...this.#command, ...args];
  }

  /** Output of a command, by lines, without empty ones. */
  async lines(args: readonly string[]): Promise<string[]> {
    const { stdout } = await this.run(args);
    return stdout.split("\n").filter((line) => line !== "");
  }
}

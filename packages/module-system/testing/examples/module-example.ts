import type { AnyModule } from "@evenkeel/core";
import { Value } from "typebox/value";

/** A task as the engine hands it to its module, and a host on which it means something. */
export interface ModuleExample {
  readonly module: AnyModule;
  /** What it shows; with the module's name it names the example. */
  readonly name: string;
  /** Defaults are added. */
  readonly params: Readonly<Record<string, unknown>>;
  /** sh that makes the host what it is before, again and again. */
  readonly reset?: string;
  /** It needs what a host of the lab may not do to itself: to mount, to be named. */
  readonly needsCapabilities?: boolean;
  /** It has no end on one host alone: it reboots, or waits for somebody. */
  readonly isForNoHost?: boolean;
  /** Then, what a host would say. */
  readonly states?: readonly unknown[];
  /** Folders around it are made as well; a plan that knows of none of them takes them for there. */
  readonly makesFolders?: boolean;
  /** A command that nothing tells to have been run: after a failure it runs again, which is another end. */
  readonly runsAgain?: boolean;
  /** It is another each time that it runs, and no apply can be held against another. */
  readonly isNeverTheSame?: boolean;
}

export function titleOf({ module, name }: ModuleExample): string {
  return `${String(module.name)}: ${name}`;
}

export function wholeParams({ module, params }: ModuleExample): Readonly<Record<string, unknown>> {
  return Value.Default(module.params, structuredClone(params)) as Readonly<Record<string, unknown>>;
}

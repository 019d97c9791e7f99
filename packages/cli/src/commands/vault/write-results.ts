import { InputError } from "@evenkeel/core";
import type { Input } from "./read-input.ts";
import { replaceFile } from "./replace-file.ts";

export interface Result {
  readonly input: Input;
  readonly content: Buffer;
  /** What was done, for whoever looks on. */
  readonly done: string;
}

/** Puts results where their inputs were, or into the one output. */
export function writeResults(results: readonly Result[], output: string | undefined, isPlain: boolean): void {
  for (const { input, content, done } of results) {
    const path = output ?? input.path ?? "-";
    if (path === "-") {
      process.stdout.write(content);
      continue;
    }
    replaceFile({ path, content, isPlain, wipesOld: !isPlain && path === input.path });
    process.stderr.write(`${input.place.file}${output === undefined ? "" : ` to ${output}`}: ${done}\n`);
  }
}

/** Several inputs do not fit into one output. */
export function demandOneInput(files: readonly string[], output: string | undefined): void {
  if (files.length <= 1 || output === undefined) return;
  throw new InputError({ code: "cli/usage", message: "--output takes one input", hint: "give one file at a time" });
}

import { createInterface } from "node:readline/promises";
import { InputError } from "@evenkeel/core";

/** Whether somebody at the terminal agrees. */
export async function confirm(question = "Apply these changes?"): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new InputError({
      code: "cli/no-terminal",
      message: "nobody is there to be asked",
      hint: "--yes applies without asking",
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`\n${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

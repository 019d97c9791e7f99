import { createInterface } from "node:readline/promises";
import { InputError } from "@evenkeel/core";
import type { ReadProgram } from "@evenkeel/playbook";
import { askTwice, hiddenQuestions } from "../vault/ask-hidden.ts";

type Prompt = ReadProgram["prompts"][number];

/** Asks what the playbook wants to know before it runs. With nobody there, what is written as the default counts. */
export async function answerPrompts(prompts: readonly Prompt[]): Promise<void> {
  for (const prompt of prompts) prompt.answer(await answerTo(prompt));
}

async function answerTo({ name, text, isPrivate, isConfirmed, fallback }: Prompt): Promise<string> {
  const question = `${text}${fallback === undefined ? "" : ` [${isPrivate ? "***" : fallback}]`}: `;
  const typed = await (isPrivate ? hidden(question, isConfirmed) : shown(question));
  const answer = typed === undefined || typed === "" ? fallback : typed;
  if (answer !== undefined) return answer;
  throw new InputError({
    code: "cli/prompt",
    message: `nobody is there to be asked for ${name}, and it has no default`,
    hint: `give it on the command line: -e ${name}=…`,
  });
}

async function hidden(question: string, isConfirmed: boolean): Promise<string | undefined> {
  const ask = hiddenQuestions();
  if (ask === undefined) return undefined;
  return (isConfirmed ? await askTwice(ask, question, "again: ") : await ask(question)).reveal();
}

async function shown(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

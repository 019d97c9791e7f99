import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { InputError, Secret } from "@evenkeel/core";

/**
 * Asks at the terminal for what must not be seen. Standard input and output stay free for what is piped through them.
 * Without a terminal there is nobody to ask: undefined.
 */
export function hiddenQuestions(): ((question: string) => Promise<Secret>) | undefined {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  closeSync(terminal);
  return ask;
}

/** Asks for a new secret twice, since nobody sees what is typed. */
export async function askTwice(
  ask: (question: string) => Promise<Secret>,
  question: string,
  again: string,
): Promise<Secret> {
  const answer = await ask(question);
  if (answer.reveal() === "") throw new InputError({ code: "vault/empty-password", message: "an empty one is none" });
  if ((await ask(again)).reveal() === answer.reveal()) return answer;
  throw new InputError({ code: "vault/mismatch", message: "the two were not the same", hint: "try again" });
}

function openTerminal(): number | undefined {
  try {
    return openSync(TERMINAL, "r+");
  } catch {
    // A process without a terminal is no failure: cron jobs and pipelines have none.
    return undefined;
  }
}

async function ask(question: string): Promise<Secret> {
  const terminal = openSync(TERMINAL, "r+");
  const input = new ReadStream(terminal);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silence, terminal: true, historySize: 0 });
  writeSync(terminal, question);
  const { promise, resolve, reject } = Promise.withResolvers<Secret>();
  lines.once("line", (line) => resolve(new Secret(line)));
  lines.once("SIGINT", () => {
    lines.close();
    // Ended as it would have been, had the terminal not been in our hands.
    process.kill(process.pid, "SIGINT");
  });
  lines.once("close", () =>
    reject(new InputError({ code: "vault/no-answer", message: `no answer to: ${question.trim()}` })),
  );
  try {
    return await promise;
  } finally {
    lines.close();
    writeSync(terminal, "\n");
    input.destroy();
  }
}

const TERMINAL = "/dev/tty";

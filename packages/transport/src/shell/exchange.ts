import { quote, StepError } from "@evenkeel/core";
import type { ExchangeOptions, Read, ReadResult } from "../connection.ts";
import type { Answer } from "./request.ts";
import type { Shell } from "./shell.ts";

const DEFAULT_DEADLINE_MS = 120_000;

/**
 * Many reads in one round trip. Each runs in a subshell of its own, so that `exit`, `cd` and a syntax error stay where
 * they are, and reads nothing of the wire. `endStuck` is called when they take too long.
 */
export async function exchange(
  shell: Shell,
  reads: readonly Read[],
  endStuck: () => void,
  { deadlineMs = DEFAULT_DEADLINE_MS, onAnswer }: ExchangeOptions,
): Promise<readonly ReadResult[]> {
  const pieces = reads.map(({ script, outputLimit }) => ({
    script: `(eval ${quote(script)}) </dev/null`,
    ...(outputLimit !== undefined && { limit: outputLimit }),
  }));
  const late = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  // What was asked earlier takes its own time.
  const onTurn = () => {
    timer = setTimeout(() => {
      late.reject(tooLate(deadlineMs));
      endStuck();
    }, deadlineMs);
  };
  try {
    const onEach = onAnswer && ((answer: Answer, index: number) => onAnswer(resultOf(answer), index));
    const answers = await Promise.race([
      shell.send(pieces, { onTurn, ...(onEach && { onAnswer: onEach }) }),
      late.promise,
    ]);
    return answers.map(resultOf);
  } finally {
    clearTimeout(timer);
  }
}

function resultOf({ status, stdout, stderr }: Answer): ReadResult {
  return {
    code: status,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
    droppedBytes: stdout.dropped + stderr.dropped,
  };
}

function tooLate(deadlineMs: number): StepError {
  return new StepError({
    code: "transport/deadline",
    message: `the host did not answer within ${deadlineMs / 1000} s`,
    hint: "something it was asked about hangs: a mount that does not answer, a pipe that nobody writes to",
  });
}

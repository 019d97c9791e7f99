import { randomUUID } from "node:crypto";
import type { Step } from "@evenkeel/core";
import { quoteAll, StepError } from "@evenkeel/core";
import type { HostOutcome, HostPort } from "./host-port.ts";

/** Does one thing on a host, and throws a StepError when the host says no. */
export async function takeStep(host: HostPort, step: Step): Promise<void> {
  if (step.do === "write") {
    const { do: _, ...file } = step;
    await host.put(file);
    return;
  }
  const { do: _, ...command } = step;
  const outcome = await host.job({ id: randomUUID(), ...command });
  if (outcome.kind === "done" && outcome.code === 0) return;
  throw new StepError({
    code: "step/command",
    message: `${quoteAll(step.argv)} ${describe(outcome)}`,
    detail: `${Buffer.from(outcome.stdout)}${Buffer.from(outcome.stderr)}`.trim(),
  });
}

function describe(outcome: HostOutcome): string {
  if (outcome.kind === "done") return `ended with status ${outcome.code}`;
  if (outcome.kind === "signalled") return `was ended by ${outcome.signal}`;
  return `has an unknown outcome: ${outcome.because}`;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { ConnectError, defineModule } from "@evenkeel/core";
import { undone, wait } from "@evenkeel/kinds";
import { Type } from "typebox";

interface Data {
  readonly seconds: number;
  readonly delaySeconds: number;
  readonly sleepSeconds: number;
}

export const waitForConnection = defineModule({
  name: "wait_for_connection",
  summary: "Waits until a host lets us in again.",
  params: Type.Object(
    {
      timeout: Type.Integer({ default: 600, description: "for how many seconds at most" }),
      delay: Type.Integer({ default: 0, description: "how many seconds before the first try" }),
      sleep: Type.Integer({ default: 1, description: "how many seconds between two tries" }),
      connect_timeout: Type.Integer({
        default: 5,
        description: "accepted, and left to the connection, which has deadlines of its own",
      }),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan(_answers, { timeout, delay, sleep: between }) {
    const data: Data = { seconds: timeout, delaySeconds: delay, sleepSeconds: between };
    return wait.ensure(undone("wait", "the host to let us in"), {
      action: "check",
      steps: [{ do: "system.wait_for_connection", data }],
      shows: { "at most": `${timeout} s` },
    });
  },
  result({ outputs: [output] }) {
    const { elapsed, problem } = (output?.data ?? {}) as { elapsed?: number; problem?: string };
    if (problem === undefined) return { changed: false, elapsed };
    return { failed: true, elapsed, msg: `timed out waiting for the host to let us in: ${problem}` };
  },
  returns: Type.Object({
    elapsed: Type.Integer({ description: "for how many seconds it was waited" }),
    msg: Type.Optional(Type.String({ description: "why it was in vain" })),
  }),
});

/** Asks the host for nothing, until it answers. */
export const waitForConnectionExecutor: StepExecutor = {
  do: "system.wait_for_connection",
  async take(data, host, { signal }) {
    const { seconds, delaySeconds, sleepSeconds } = data as Data;
    const start = performance.now();
    const pause = (length: number) => sleep(length * 1000, undefined, { ...(signal && { signal }) });
    const elapsed = () => Math.floor((performance.now() - start) / 1000);
    await pause(delaySeconds);
    for (;;) {
      const problem = await problemWith(host);
      if (problem === undefined) return { data: { elapsed: elapsed() } };
      if (elapsed() + sleepSeconds >= seconds) return { data: { elapsed: elapsed(), problem } };
      await pause(sleepSeconds);
    }
  },
};

async function problemWith(host: HostPort): Promise<string | undefined> {
  try {
    await host.exchange([{ script: ":" }]);
    return undefined;
  } catch (error) {
    if (error instanceof ConnectError) return error.message;
    throw error;
  }
}

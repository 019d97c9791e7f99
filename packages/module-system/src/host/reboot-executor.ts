import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { quoteAll, readWords, StepError } from "@evenkeel/core";
import { bootIdScript } from "@evenkeel/kinds";

export interface RebootWish {
  readonly message: string;
  readonly delaySeconds: number;
  readonly settleSeconds: number;
  readonly timeoutSeconds: number;
  readonly test: string;
  readonly paths: readonly string[];
  readonly command?: string;
  readonly bootCommand?: string;
}

/** How long one question may take while a host goes down and comes up: a wire that was cut says nothing. */
const QUESTION_MS = 30_000;

/** Reboots a host, and waits over however many connections it takes until it has another boot id and the test succeeds. */
export const rebootExecutor: StepExecutor = {
  do: "system.reboot",
  async take(data, host, { signal }) {
    const wish = data as RebootWish;
    const start = performance.now();
    const before = await bootId(host, wish);
    await order(host, wish);
    await sleep((wish.delaySeconds + wish.settleSeconds) * 1000, undefined, { ...(signal && { signal }) });
    await until(
      wish,
      signal,
      `${wish.timeoutSeconds} s after the order it has not rebooted`,
      async () => (await bootId(host, wish)) !== before,
    );
    await until(
      wish,
      signal,
      `it has rebooted, but ${wish.test} does not succeed`,
      async () => (await ask(host, wish.test)).code === 0,
    );
    return { data: { elapsed: Math.round((performance.now() - start) / 1000) } };
  },
};

/** Started apart from us, and a moment later, so that its own end is still told. */
async function order(host: HostPort, { command, paths, message, delaySeconds }: RebootWish): Promise<void> {
  const outcome = await host.job({
    id: randomUUID(),
    argv: [
      "sh",
      "-c",
      readWords(new URL("./order-reboot.sh", import.meta.url)),
      "evenkeel-reboot",
      command ?? "",
      paths.join(":"),
      message,
      String(delaySeconds),
    ],
    deadlineMs: 60_000,
    whenLost: "leave",
  });
  // An unknown end is what a host leaves that went down at once.
  if (outcome.kind === "unknown" || (outcome.kind === "done" && outcome.code === 0)) return;
  throw new StepError({
    code: "reboot/order",
    message: "the host does not take the order to reboot",
    detail: `${Buffer.from(outcome.stdout)}${Buffer.from(outcome.stderr)}`.trim(),
    hint: "it takes root; reboot_command says another way",
  });
}

async function bootId(host: HostPort, { bootCommand }: RebootWish): Promise<string> {
  const { code, text } = await ask(host, bootCommand ?? bootIdScript);
  if (code === 0) return text;
  throw new StepError({
    code: "reboot/boot-id",
    message: "the host does not say which boot this is",
    detail: text,
    hint: "boot_time_command must succeed",
  });
}

async function ask(host: HostPort, script: string): Promise<{ readonly code: number; readonly text: string }> {
  const [answer] = await within(host.exchange([{ script: `(${quoteAll(["eval", script])}) </dev/null` }]));
  return {
    code: answer?.code ?? 1,
    text: Buffer.from(answer?.stdout ?? [])
      .toString()
      .trim(),
  };
}

/** Asks again and again; a host that is away, or has no answer, is asked again. */
async function until(
  wish: RebootWish,
  signal: AbortSignal | undefined,
  failure: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + wish.timeoutSeconds * 1000;
  let last = "";
  for (let pause = 500; performance.now() < deadline; pause = Math.min(pause * 1.5, 5000)) {
    signal?.throwIfAborted();
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(pause, undefined, { ...(signal && { signal }) });
  }
  throw new StepError({
    code: "reboot/timeout",
    message: `the host was told to reboot: ${failure}`,
    detail: last,
    hint: "look at its console; reboot_timeout gives it more time",
  });
}

async function within<T>(work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(QUESTION_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new Error(`no answer for ${QUESTION_MS / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}

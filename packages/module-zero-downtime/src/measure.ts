import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measured } from "./measured-executor.ts";

export interface Measurement {
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds, from when it was due. */
  readonly slowest: number;
  /** What the first few failures looked like. */
  readonly examples: readonly string[];
}

interface Measuring {
  runFor(seconds: number): Promise<void>;
  soFar(): Measurement;
  /** Sends no more, and waits for what is under way. */
  end(): Promise<Measurement>;
}

const ANSWER_MS = 10_000;
const EXAMPLES = 5;

/** Sends requests at a rate, whatever becomes of them, each over a connection of its own. */
export function startMeasuring(measure: Measured["measure"]): Measuring {
  const underWay = new Set<Promise<void>>();
  const examples: string[] = [];
  const begun = performance.now();
  let [requests, failures, slowest, sent] = [0, 0, 0, 0];
  const send = (due: number) => {
    requests++;
    const one = ask(measure).then((problem) => {
      slowest = Math.max(slowest, Math.round(performance.now() - begun - due));
      if (problem === undefined) return;
      failures++;
      if (examples.length < EXAMPLES) examples.push(`${(due / 1000).toFixed(2)} s: ${problem}`);
    });
    underWay.add(one);
    void one.finally(() => underWay.delete(one));
  };
  // What is late is sent at once: so an outage of ours does not hide one of theirs.
  const clock = setInterval(() => {
    for (; (sent * 1000) / measure.rate <= performance.now() - begun; sent++) send((sent * 1000) / measure.rate);
  }, 5);
  const soFar = () => ({ requests, failures, slowest, examples });
  return {
    runFor: (seconds) => sleep(seconds * 1000),
    soFar,
    async end() {
      clearInterval(clock);
      await Promise.all(underWay);
      return soFar();
    },
  };
}

/** What was wrong with one request; nothing if all was well. */
function ask({ url, status, insecure }: Measured["measure"]): Promise<string | undefined> {
  const send = url.startsWith("https:") ? tlsRequest : plainRequest;
  return new Promise((resolve) => {
    const asked = send(url, { agent: false, timeout: ANSWER_MS, rejectUnauthorized: !insecure }, (answer) => {
      const { statusCode = 0 } = answer;
      const isRight = status === undefined ? statusCode < 500 : statusCode === status;
      answer.on("error", (error) => resolve(`the answer was cut off: ${error.message}`));
      answer.on("end", () => resolve(isRight ? undefined : `status ${statusCode}`));
      answer.resume();
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${ANSWER_MS / 1000} s`)));
    asked.on("error", (error) => resolve(error.message));
    asked.end();
  });
}

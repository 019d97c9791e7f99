import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measured } from "./measured-executor.ts";

export interface Measurement {
  /** That have been answered, or were not in time. */
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds, from when it was due. */
  readonly slowest: number;
  /** What the first few failures looked like. */
  readonly examples: readonly string[];
}

interface Measuring {
  /** Sends for so long, or until more have failed than may; and in any case until one has been answered, or was not in time. */
  runFor(seconds: number, failures?: number): Promise<void>;
  soFar(): Measurement;
  /** Sends no more, and waits for what is under way. */
  end(): Promise<Measurement>;
}

const ANSWER_MS = 10_000;
const EXAMPLES = 5;
const late = `no whole answer within ${ANSWER_MS / 1000} s`;

/** Sends requests at a rate, whatever becomes of them, each over a connection of its own. */
export function startMeasuring(measure: Measured["measure"]): Measuring {
  const underWay = new Set<Promise<void>>();
  const examples: string[] = [];
  const begun = performance.now();
  const first = Promise.withResolvers<void>();
  let [requests, failures, slowest, sent] = [0, 0, 0, 0];
  const send = (due: number) => {
    const one = ask(measure).then((problem) => {
      requests++;
      first.resolve();
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
    async runFor(seconds, budget = Number.POSITIVE_INFINITY) {
      const end = performance.now() + seconds * 1000;
      while (performance.now() < end && failures <= budget) await sleep(Math.min(50, end - performance.now()));
      await first.promise;
    },
    soFar,
    async end() {
      clearInterval(clock);
      await Promise.all(underWay);
      return soFar();
    },
  };
}

/** What was wrong with one request; nothing if all was well. */
function ask({ url, server_name: name, status, insecure }: Measured["measure"]): Promise<string | undefined> {
  const send = url.startsWith("https:") ? tlsRequest : plainRequest;
  return new Promise((resolve) => {
    // Of the whole answer: `timeout` would let one drip in forever.
    const signal = AbortSignal.timeout(ANSWER_MS);
    const named = name === undefined ? {} : { servername: name, headers: { host: name } };
    const asked = send(url, { agent: false, signal, rejectUnauthorized: !insecure, ...named }, (answer) => {
      const { statusCode = 0 } = answer;
      const isRight = status === undefined ? statusCode < 500 : statusCode === status;
      answer.on("error", (error) => resolve(signal.aborted ? late : `the answer was cut off: ${error.message}`));
      answer.on("end", () => resolve(isRight ? undefined : `status ${statusCode}`));
      answer.resume();
    });
    asked.on("error", (error) => resolve(signal.aborted ? late : error.message));
    asked.end();
  });
}

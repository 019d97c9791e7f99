import type { Answer } from "../http-connection.ts";
import type { Outcome } from "../outcome.ts";
import { failedOutcome } from "../outcome.ts";
import type { HeldConnection } from "./held.ts";
import { Held } from "./held.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { definedOf } from "./traffic.ts";

/** Held server-sent event streams: what counts is that none ends before the probe does. */
export function eventStream(context: TrafficContext): Traffic {
  const held = new Held<undefined>(context, (ended) => open(context, ended));
  return { start: () => held.start(), close: () => held.close() };
}

async function open(context: TrafficContext, ended: (outcome: Outcome) => void): Promise<HeldConnection<undefined>> {
  const connection = await context.open();
  const deadline = performance.now() + context.answerTimeout;
  const head = context.head("GET", { accept: "text/event-stream" });
  const begun = Promise.withResolvers<void>();
  connection.ask(head, { deadline, onBegin: begun.resolve }).then(
    (answer) => ended(endedByServer(answer, connection.localPort)),
    (thrown) => {
      begun.reject(thrown);
      ended(failedOutcome(thrown));
    },
  );
  await begun.promise;
  return { connection: undefined, close: () => connection.close() };
}

function endedByServer({ reader }: Answer, localPort: number | undefined): Outcome {
  const { status, bytesReceived, headers } = reader;
  const told = {
    status,
    isReused: false,
    bytesReceived,
    ...definedOf({ localPort, release: headers.get("x-release") }),
  };
  return status === 200 ? { ...told, error: "truncated", detail: "the server ended the stream" } : told;
}

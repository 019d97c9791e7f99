import { randomUUID } from "node:crypto";
import { ConnectionPool } from "../connection-pool.ts";
import type { ErrorClass } from "../error-class.ts";
import { Failure } from "../failure.ts";
import type { Outcome } from "../outcome.ts";
import { failedOutcome } from "../outcome.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { askOver } from "./traffic.ts";

/** GETs over kept connections, each repeated at most once, as RFC 9110 9.2.2 lets a client do. */
export function keepAliveGet(context: TrafficContext): Traffic {
  const { pool, ask } = overPool(context);
  const head = context.head("GET");
  return {
    send: (scheduledAt) => retry((isRetry) => ask(head, scheduledAt, isRetry)),
    close: () => pool.close(),
  };
}

/** POSTs over kept connections. Nobody may repeat a POST on his own account, so each has one try and an id of its own. */
export function keepAlivePost(context: TrafficContext): Traffic {
  const { pool, ask } = overPool(context);
  const run = randomUUID().slice(0, 8);
  let count = 0;
  return {
    async send(scheduledAt) {
      count += 1;
      const postId = `${run}-${count}`;
      const body = JSON.stringify({ id: postId });
      const type = { "content-type": "application/json", "content-length": body.length, "x-probe-id": postId };
      try {
        return { ...(await ask(`${context.head("POST", type)}${body}`, scheduledAt)), postId };
      } catch (thrown) {
        const isSent = !(thrown instanceof Failure) || thrown.isSent;
        return { ...failedOutcome(thrown), ...(isSent && { postId }) };
      }
    },
    close: () => pool.close(),
  };
}

/** How often what a server did not begin with is asked again: after a goodbye it may be another old worker that answers. */
const repeats: Partial<Record<ErrorClass, number>> = { "rst-reused-before-first-byte": 1, "refused-stream": 2 };

/** Repeats what the server did not begin with: it may have been closing a connection that was used before, or it says so. */
export async function retry(attempt: (isRetry: boolean) => Promise<Outcome>): Promise<Outcome> {
  let retriedAfter: ErrorClass | undefined;
  for (let count = 0; ; count++) {
    try {
      return { ...(await attempt(count > 0)), ...(retriedAfter && { retriedAfter }) };
    } catch (thrown) {
      const { error } = failedOutcome(thrown);
      if (error === undefined || count >= (repeats[error] ?? 0)) {
        if (retriedAfter === undefined) throw thrown;
        return { ...failedOutcome(thrown), retriedAfter };
      }
      retriedAfter = error;
    }
  }
}

function overPool(context: TrafficContext) {
  const pool = new ConnectionPool(context.settings.connections, () => context.open(), context.connections);
  const ask = async (request: string, scheduledAt: number, mustBeNew = false): Promise<Outcome> => {
    const connection = await pool.borrow(mustBeNew);
    try {
      return await askOver(connection, request, scheduledAt + context.answerTimeout);
    } finally {
      pool.giveBack(connection);
    }
  };
  return { pool, ask };
}

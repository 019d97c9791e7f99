import type { Traffic, TrafficContext } from "./traffic.ts";
import { askOver } from "./traffic.ts";

/** A new connection for each GET, over TLS if so set: what a first-time visitor meets. */
export function newConnection(context: TrafficContext): Traffic {
  const head = context.head("GET", { connection: "close" });
  return {
    async send(scheduledAt) {
      const connection = await context.open();
      try {
        return await askOver(connection, head, scheduledAt + context.answerTimeout);
      } finally {
        connection.close();
      }
    },
  };
}

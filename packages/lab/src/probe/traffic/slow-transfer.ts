import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpConnection } from "../http-connection.ts";
import type { Outcome } from "../outcome.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { outcomeOf } from "./traffic.ts";

/** A body read over many seconds, as over a bad line; its latency is that of the first byte. */
export function slowDownload(context: TrafficContext): Traffic {
  const head = context.head("GET", { connection: "close" });
  const duration = context.settings.seconds * 1000;
  return overNewConnection(context, async (connection, deadline) => {
    const hash = createHash("sha256");
    let begun = 0;
    let received = 0;
    const answer = await connection.ask(head, {
      deadline,
      onBody: (bytes, { contentLength }) => {
        hash.update(bytes);
        received += bytes.length;
        begun ||= performance.now();
        // Without a known length the server sets the pace.
        if (contentLength === undefined || received >= contentLength) return;
        pauseFor(connection, begun + (received / contentLength) * duration - performance.now());
      },
    });
    return { ...outcomeOf(answer, connection, hash), answeredAt: answer.firstByteAt };
  });
}

/** A body sent over many seconds; its latency is the time from the last byte sent to the answer. */
export function slowUpload(context: TrafficContext): Traffic {
  const { bytes, seconds } = context.settings;
  const head = context.head("POST", {
    connection: "close",
    "content-type": "application/octet-stream",
    "content-length": bytes,
  });
  return overNewConnection(context, async (connection, deadline, scheduledAt) => {
    const hash = createHash("sha256");
    const asking = connection.ask(head, { deadline, onBody: (chunk) => hash.update(chunk) });
    let isAnswered = false;
    const settle = () => (isAnswered = true);
    asking.then(settle, settle);
    const slices = Math.ceil(seconds * SLICES_PER_SECOND);
    for (let slice = 0; slice < slices && !isAnswered; slice += 1) {
      await sleep(1000 / SLICES_PER_SECOND);
      const size = Math.floor(((slice + 1) * bytes) / slices) - Math.floor((slice * bytes) / slices);
      if (connection.isOpen) connection.socket.write(Buffer.alloc(size, "evenkeel"));
    }
    const sentAt = performance.now();
    const answer = await asking;
    return { ...outcomeOf(answer, connection, hash), answeredAt: scheduledAt + Math.max(0, answer.doneAt - sentAt) };
  });
}

type Transfer = (connection: HttpConnection, deadline: number, scheduledAt: number) => Promise<Outcome>;

function overNewConnection(context: TrafficContext, transfer: Transfer): Traffic {
  const most = context.settings.seconds * 1000 + context.answerTimeout;
  return {
    async send(scheduledAt) {
      const connection = await context.open();
      try {
        return await transfer(connection, scheduledAt + most, scheduledAt);
      } finally {
        connection.close();
      }
    },
  };
}

function pauseFor({ socket }: HttpConnection, ms: number): void {
  if (ms < 5) return;
  socket.pause();
  setTimeout(() => socket.resume(), ms);
}

const SLICES_PER_SECOND = 5;

import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { codeOf, Failure } from "../failure.ts";
import type { Outcome } from "../outcome.ts";
import type { HeldConnection } from "./held.ts";
import { Held } from "./held.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { definedOf } from "./traffic.ts";
import { WebSocketLine } from "./web-socket-line.ts";

/** Held WebSockets, asked in turn for a pong or an echo. A ping whose connection is down waits for the next one, up to its deadline. */
export function webSocket(context: TrafficContext): Traffic {
  const held = new Held<WebSocketLine>(context, (ended) => open(context, ended));
  let count = 0;
  return {
    start: () => held.start(),
    async send(scheduledAt) {
      const deadline = scheduledAt + context.answerTimeout;
      const slot = count;
      count += 1;
      const line = await within(deadline, held.get(slot));
      return line.ping(`${slot}`, deadline);
    },
    close: () => held.close(),
  };
}

async function open(
  context: TrafficContext,
  ended: (outcome: Outcome) => void,
): Promise<HeldConnection<WebSocketLine>> {
  const socket = await context.openSocket(["http/1.1"]);
  const { localPort } = socket;
  const { path, tls, isEcho } = context.settings;
  const ws = new WebSocket(`${tls ? "wss" : "ws"}://${context.authority}${path}`, {
    createConnection: () => socket,
    perMessageDeflate: false,
    handshakeTimeout: context.answerTimeout,
  });
  const release = await handshake(ws, socket);
  const line = new WebSocketLine(ws, { socket, isEcho, release });
  ws.on("close", (code, reason) => {
    const detail = `the WebSocket was closed: ${code} ${String(reason)}`.trim();
    const known = definedOf({ localPort, release });
    ended({ error: "truncated", detail, isReused: true, bytesReceived: socket.bytesRead, ...known });
  });
  return { connection: line, close: () => close(ws) };
}

function handshake(ws: WebSocket, socket: Socket): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  let release: string | undefined;
  const fail = (code: string, detail: string, cause?: unknown) => {
    const { localPort, bytesRead } = socket;
    ws.terminate();
    reject(
      new Failure({ phase: "exchange", code, detail, cause, localPort, isReused: false, bytesReceived: bytesRead }),
    );
  };
  ws.once("upgrade", ({ headers }) => {
    release = typeof headers["x-release"] === "string" ? headers["x-release"] : undefined;
  });
  ws.once("open", () => resolve(release));
  ws.once("unexpected-response", (_request, response) => {
    const status = response.statusCode ?? 0;
    fail(status >= 500 ? "STATUS_5XX" : "STATUS", `status ${status} instead of 101`);
  });
  // It stays for the connection's whole life: ws says every error here before `close`.
  ws.on("error", (error) =>
    fail(codeOf(error).startsWith("WS_ERR") ? "PROTOCOL" : codeOf(error), error.message, error),
  );
  return promise;
}

function close(ws: WebSocket): void {
  ws.close(1000);
  const timer = setTimeout(() => ws.terminate(), 1000);
  ws.once("close", () => clearTimeout(timer));
}

function within<T>(deadline: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>();
  const detail = "no WebSocket was open before the deadline";
  const late = () =>
    reject(new Failure({ phase: "exchange", code: "TIMEOUT", detail, isReused: false, bytesReceived: 0 }));
  const timer = setTimeout(late, Math.max(0, deadline - performance.now()));
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

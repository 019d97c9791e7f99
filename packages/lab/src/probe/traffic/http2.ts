import { createHash } from "node:crypto";
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import { connect, constants } from "node:http2";
import type { TLSSocket } from "node:tls";
import { codeOf, Failure } from "../failure.ts";
import type { Outcome } from "../outcome.ts";
import { retry } from "./keep-alive.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { definedOf } from "./traffic.ts";

/** GETs multiplexed over one HTTP/2 connection; a new one is opened when the server says goodbye, and what it left is repeated once. */
export function http2(context: TrafficContext): Traffic {
  let current: Promise<Session> | undefined;
  const session = (mustBeNew: boolean): Promise<Session> => {
    if (current === undefined || mustBeNew) {
      const opening = openSession(context, () => {
        if (current === opening) current = undefined;
      });
      current = opening;
    }
    return current;
  };
  return {
    send: (scheduledAt) =>
      retry(async (isRetry) => ask(await session(isRetry), context, scheduledAt + context.answerTimeout)),
    close: () => void current?.then(({ http }) => http.close()).catch(() => undefined),
  };
}

interface Session {
  http: ClientHttp2Session;
  localPort: number | undefined;
  asked: number;
}

async function openSession(context: TrafficContext, onGone: () => void): Promise<Session> {
  try {
    const socket = (await context.openSocket(["h2"])) as TLSSocket;
    const { localPort } = socket;
    if (socket.alpnProtocol !== "h2") {
      socket.destroy();
      const detail = "the server does not speak HTTP/2 (ALPN)";
      throw new Failure({ phase: "exchange", code: "PROTOCOL", detail, isReused: false, bytesReceived: 0, localPort });
    }
    const http = connect(`https://${context.authority}`, { createConnection: () => socket });
    http.on("goaway", onGone);
    http.on("close", onGone);
    // Each stream reports the error as its own.
    http.on("error", onGone);
    return { http, localPort, asked: 0 };
  } catch (error) {
    onGone();
    throw error;
  }
}

function ask(session: Session, context: TrafficContext, deadline: number): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const { localPort } = session;
  const isReused = session.asked > 0;
  session.asked += 1;
  let bytesReceived = 0;
  let headers: IncomingHttpHeaders | undefined;
  const fail = (code: string, cause?: unknown) => {
    const detail = cause instanceof Error ? cause.message : code;
    const failure = { phase: "exchange" as const, code, detail, isReused, localPort, cause };
    reject(new Failure({ ...failure, bytesReceived: headers === undefined ? 0 : Math.max(1, bytesReceived) }));
  };
  const stream = request(session, context, (error) => fail(codeOf(error), error));
  if (stream === undefined) return promise;
  const hash = createHash("sha256");
  const timer = setTimeout(() => fail("TIMEOUT"), Math.max(0, deadline - performance.now()));
  stream.on("response", (received) => (headers = received));
  stream.on("data", (bytes: Buffer) => {
    bytesReceived += bytes.length;
    hash.update(bytes);
  });
  stream.on("error", (error) =>
    fail(stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? "REFUSED_STREAM" : codeOf(error), error),
  );
  stream.on("end", () => {
    // A stream that was reset ends, too.
    if (headers === undefined || stream.rstCode !== 0 || stream.aborted) return;
    const body = hash.digest("hex").slice(0, 16);
    const told = { localPort, release: text(headers["x-release"]), configGeneration: text(headers["x-config-gen"]) };
    const answeredAt = performance.now();
    resolve({ status: Number(headers[":status"]), isReused, bytesReceived, answeredAt, body, ...definedOf(told) });
  });
  stream.on("close", () => fail("END"));
  return promise.finally(() => {
    clearTimeout(timer);
    if (!stream.closed) stream.close();
  });
}

function request(
  { http }: Session,
  { settings, authority }: TrafficContext,
  onRefused: (error: unknown) => void,
): ClientHttp2Stream | undefined {
  try {
    return http.request({ ":path": settings.path, ":authority": authority, "user-agent": "evenkeel-probe" });
  } catch (error) {
    onRefused(error);
    return undefined;
  }
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}

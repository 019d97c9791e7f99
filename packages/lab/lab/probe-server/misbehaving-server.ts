import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { constants, createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";

/** A web server, run as a process of its own, that does on purpose what servers do wrong: the path says what. */
const [directory = "", backlog = "511"] = process.argv.slice(2);
const stored: string[] = [];
let release = "r1";
let refused = 0;

const wrongs: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/": (_, response) => response.end("well"),
  "/late": (_, response) => void setTimeout(() => response.end("late"), 300),
  "/20ms": (_, response) => void setTimeout(() => response.end("well"), 20),
  "/500": (_, response) => response.writeHead(500).end("broken"),
  "/404": (_, response) => response.writeHead(404).end("nothing here"),
  "/never": () => undefined,
  "/no-http": ({ socket }) => socket.end("SSH-2.0-not-a-web-server\r\n\r\n"),
  "/closed-unanswered": ({ socket }) => socket.end(),
  "/reset-unanswered": ({ socket }) => socket.resetAndDestroy(),
  "/truncated": ({ socket }) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this"),
  "/truncated-chunks": ({ socket }) =>
    socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n"),
  "/reset-when-reused": answerOncePerConnection((socket) => socket.resetAndDestroy()),
  "/closed-when-reused": answerOncePerConnection((socket) => socket.end()),
  "/closes-idle": ({ socket }, response) => response.end("well", () => setTimeout(() => socket.end(), 20)),
  "/big": (_, response) => response.end(Buffer.alloc(24 * 1024 * 1024, "evenkeel")),
  "/big-cut": (_, response) => {
    response.writeHead(200, { "content-length": 24 * 1024 * 1024 }).write(Buffer.alloc(12 * 1024 * 1024));
    setTimeout(() => response.destroy(), 300);
  },
  "/store": (request, response) => void store(request, response),
  "/store-and-lose": (request) =>
    void text(request)
      .then(keep)
      .then(() => request.socket.resetAndDestroy()),
  "/upload": (request, response) => void text(request).then(({ length }) => response.end(String(length))),
  "/refused-stream": (_, response) => refuseStream(response),
  "/refused-stream-at-times": (_, response) => (refused++ % 2 === 0 ? refuseStream(response) : response.end("well")),
  "/events": (_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).write("data: hello\n\n"),
  "/events-cut": (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: hello\n\n");
    setTimeout(() => response.destroy(), 300);
  },
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("X-Release", release);
  response.setHeader("X-Config-Gen", "g7");
  (wrongs[request.url ?? "/"] ?? wrongs["/404"])?.(request, response);
}

function answerOncePerConnection(then: (socket: IncomingMessage["socket"]) => void) {
  const answered = new WeakSet<IncomingMessage["socket"]>();
  return ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (answered.has(socket)) then(socket);
    else response.end("well");
    answered.add(socket);
  };
}

function refuseStream(response: ServerResponse): void {
  (response as unknown as Http2ServerResponse).stream.close(constants.NGHTTP2_REFUSED_STREAM);
}

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
  keep(await text(request));
  response.end("stored");
}

function keep(body: string): void {
  stored.push((JSON.parse(body) as { id: string }).id);
}

const plain = createServer({ keepAliveTimeout: 60_000 }, answer);
const secure = createSecureServer(
  { key: readFileSync(`${directory}/key.pem`), cert: readFileSync(`${directory}/cert.pem`), allowHTTP1: true },
  (request, response) => answer(request as unknown as IncomingMessage, response as unknown as ServerResponse),
);
new WebSocketServer({ server: plain }).on("connection", (socket, { url }) => {
  socket.on("message", (message) => socket.send(String(message)));
  if (url === "/websocket-silent") socket.pause();
  if (url === "/websocket-cut") setTimeout(() => socket.close(1001, "going away"), 300);
  if (url === "/websocket-reset") setTimeout(() => socket.terminate(), 300);
});

process.on("message", (order: { release?: string }) => {
  release = order.release ?? release;
  process.send?.({ stored });
});
process.on("disconnect", () => process.exit());

plain.listen({ port: 0, host: "127.0.0.1", backlog: Number(backlog) });
secure.listen(0, "127.0.0.1");
await Promise.all([once(plain, "listening"), once(secure, "listening")]);
process.send?.({ port: (plain.address() as AddressInfo).port, tlsPort: (secure.address() as AddressInfo).port });

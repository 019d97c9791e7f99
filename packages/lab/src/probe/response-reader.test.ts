import { describe, expect, test } from "vitest";
import { ProtocolError, ResponseReader } from "./response-reader.ts";

const whole = [
  {
    name: "content-length",
    text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    body: "hello",
    isReusable: true,
  },
  { name: "no body", text: "HTTP/1.1 204 No Content\r\n\r\n", body: "", isReusable: true },
  { name: "empty body", text: "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", body: "", isReusable: true },
  {
    name: "chunks",
    text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;quoted=x\r\n world\r\n0\r\n\r\n",
    body: "hello world",
    isReusable: true,
  },
  {
    name: "chunks with a trailer",
    text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n",
    body: "0123456789",
    isReusable: true,
  },
  {
    name: "Connection: close",
    text: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx",
    body: "x",
    isReusable: false,
  },
  { name: "HTTP/1.0", text: "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", body: "x", isReusable: false },
  {
    name: "100 Continue first",
    text: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    body: "ok",
    isReusable: true,
  },
];

describe("a whole response", () => {
  test.each(whole)("$name, in one piece", ({ text, body, isReusable }) => {
    expect(read([text])).toEqual({ body, isDone: true, isReusable, bytesReceived: text.length });
  });

  test.each(whole)("$name, byte by byte", ({ text, body, isReusable }) => {
    expect(read([...text])).toEqual({ body, isDone: true, isReusable, bytesReceived: text.length });
  });

  test("that ends with the connection", () => {
    const reader = new ResponseReader(() => undefined);
    reader.push(Buffer.from("HTTP/1.1 200 OK\r\n\r\nall that there is"));
    expect(reader.isDone).toBe(false);
    expect(reader.end()).toBe(true);
    expect(reader.isReusable).toBe(false);
  });

  test("keeps what the headers say", () => {
    const reader = new ResponseReader(() => undefined);
    reader.push(Buffer.from("HTTP/1.1 503 Busy\r\nX-Release:  r1 \r\nVia: a\r\nvia: b\r\nContent-Length: 9\r\n\r\n"));
    expect(reader.status).toBe(503);
    expect(reader.headers.get("x-release")).toBe("r1");
    expect(reader.headers.get("via")).toBe("a, b");
    expect(reader.contentLength).toBe(9);
  });
});

test.each(whole.map(({ name, text }) => ({ name, text })))("every cut of «$name» is noticed", ({ text }) => {
  for (let length = 0; length < text.length; length += 1) {
    const reader = new ResponseReader(() => undefined);
    reader.push(Buffer.from(text.slice(0, length)));
    expect(reader.end(), text.slice(0, length)).toBe(false);
  }
});

test.each([
  "SSH-2.0-OpenSSH_9.2\r\n\r\n",
  "HTTP/2 200 OK\r\n\r\n",
  "HTTP/1.1 20 OK\r\n\r\n",
  "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
  "HTTP/1.1 200 OK\r\nName : space before the colon\r\n\r\n",
  "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
  "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more",
  `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}`,
])("refuses %j", (text) => {
  expect(() => read([text])).toThrow(ProtocolError);
});

function read(pieces: string[]) {
  let body = "";
  const reader = new ResponseReader((bytes) => {
    body += bytes.toString();
  });
  for (const piece of pieces) reader.push(Buffer.from(piece, "latin1"));
  const { isDone, isReusable, bytesReceived } = reader;
  return { body, isDone, isReusable, bytesReceived };
}

import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SecureContextOptions } from "node:tls";
import { connect as secure } from "node:tls";
import type { HostPort } from "@evenkeel/core";
import type { SendableBody } from "./body-stream.ts";

/** One request, and where it goes. */
export interface Sending {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: SendableBody | undefined;
  readonly socketPath?: string | undefined;
  /** How long the other side may be silent. */
  readonly seconds: number;
  readonly tls: SecureContextOptions & { readonly rejectUnauthorized: boolean };
  readonly signal?: AbortSignal | undefined;
  /** The way there, where it is being opened already. */
  readonly tunnel?: Promise<Duplex> | undefined;
}

/** Speaks HTTP from here through a tunnel that begins at the host. Resolves when the head of the answer has come. */
export async function sendRequest(host: HostPort, sending: Sending): Promise<IncomingMessage> {
  const { url, method, headers, body, seconds, signal } = sending;
  const line = await inTime(openLine(host, sending), seconds);
  const sent = request({
    createConnection: () => line,
    host: url.hostname,
    path: `${url.pathname}${url.search}`,
    method,
    headers: { host: url.host, ...headers, ...(body && { "content-length": body.size }), connection: "close" },
    ...(signal && { signal }),
  });
  endSilence(line, seconds);
  sent.once("close", () => line.destroy());
  const answer = once(sent, "response") as Promise<[IncomingMessage]>;
  answer.catch(() => undefined); // Whoever awaits it below hears of it.
  if (body === undefined) sent.end();
  else await pipeline(body.pieces(), sent);
  const [response] = await answer;
  return response;
}

/** A way to the server that an address names, which begins at the host. */
export function openTunnel(host: HostPort, url: URL, socketPath: string | undefined): Promise<Duplex> {
  if (socketPath !== undefined) return host.tunnel({ socketPath });
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return host.tunnel({ host: nameIn(url), port });
}

async function openLine(host: HostPort, sending: Sending): Promise<Duplex> {
  const { url, socketPath, tls } = sending;
  const line = await (sending.tunnel ?? openTunnel(host, url, socketPath));
  if (url.protocol !== "https:") return line;
  const name = nameIn(url);
  const isAddress = /^[\d.]+$/.test(name) || name.includes(":");
  const safe = secure({ socket: line, host: name, ...(!isAddress && { servername: name }), ...tls });
  await once(safe, "secureConnect");
  return safe;
}

function nameIn(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

async function inTime<T>(work: Promise<T>, seconds: number): Promise<T> {
  const late = sleep(seconds * 1000, undefined, { ref: false }).then(() => {
    throw silence(seconds);
  });
  return Promise.race([work, late]);
}

/** From now on, whoever says nothing for so long has gone. */
function endSilence(line: Duplex, seconds: number): void {
  const timer = setTimeout(() => line.destroy(silence(seconds)), seconds * 1000);
  line.on("data", () => timer.refresh());
  line.once("close", () => clearTimeout(timer));
}

function silence(seconds: number): Error {
  return new Error(`timed out: nothing was heard for ${seconds} s`);
}

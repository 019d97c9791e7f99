import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { HostPort } from "@evenkeel/core";
import { ConnectError, StepError } from "@evenkeel/core";
import { CookieJar } from "./cookie-jar.ts";
import type { Answer, Circumstances } from "./exchange-requests.ts";
import { exchangeRequests } from "./exchange-requests.ts";
import { hostFacts } from "./host-facts.ts";
import { keepAnswer } from "./keep-answer.ts";
import type { RequestData, ResponseData } from "./request-data.ts";
import { openTunnel } from "./send-request.ts";

/** What is kept in memory of an answer at most; more goes into a file. */
const MOST = 64 * 1024 * 1024;

/** Makes a request as the host would. What no server answers is an answer, too: status -1. */
export async function fetchUri(
  data: RequestData,
  host: HostPort,
  signal: AbortSignal | undefined,
): Promise<ResponseData> {
  const start = performance.now();
  const elapsed = () => Math.floor((performance.now() - start) / 1000);
  // The way there is opened while the host tells of itself.
  const tunnel = openTunnel(host, new URL(data.url), data.socketPath);
  tunnel.catch(() => undefined); // Whoever uses it hears of it.
  try {
    const facts = await hostFacts(host, data, new URL(data.url));
    return { ...(await ask(host, data, { facts, cookies: new CookieJar(), signal, tunnel })), elapsed: elapsed() };
  } finally {
    void tunnel.then((line) => line.destroy()).catch(() => undefined);
  }
}

async function ask(host: HostPort, data: RequestData, around: Circumstances): Promise<Omit<ResponseData, "elapsed">> {
  const { cookies, facts } = around;
  try {
    const answer = await exchangeRequests(host, data, around);
    const kept = await keep(host, data, answer, facts.destination);
    return { ...headOf(answer), ...kept, cookies: cookies.pairs };
  } catch (error) {
    if (!isOfServer(error)) throw error;
    const message = `Request failed: ${reasonOf(error)}`;
    return { status: -1, url: data.url, message, headers: {}, cookies: [] };
  }
}

function headOf({ url, response }: Answer): Pick<ResponseData, "status" | "url" | "message" | "headers"> {
  const { statusCode: status = 0, statusMessage: message = "" } = response;
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(response.headersDistinct)) headers[name] = values.join(", ");
  return { status, url: url.href, message, headers };
}

async function keep(
  host: HostPort,
  data: RequestData,
  { url, response }: Answer,
  there: Parameters<typeof keepAnswer>[2],
) {
  const isGzipped = data.decompresses && response.headers["content-encoding"]?.toLowerCase() === "gzip";
  const body: Readable = isGzipped ? response.compose(createGunzip()) : response;
  const isWanted = data.expected.includes(response.statusCode ?? 0) && response.statusCode !== 304;
  if (data.destination === undefined || !isWanted) return { body: await readAll(body) };
  const folder = await mkdtemp(join(tmpdir(), "evenkeel-uri-"));
  try {
    const localFile = join(folder, "answer");
    await pipeline(body, createWriteStream(localFile, { mode: 0o600 }));
    const isSmall = (await stat(localFile)).size <= MOST;
    return {
      ...(isSmall && { body: await readFile(localFile) }),
      ...(await keepAnswer(host, data.destination, there, { localFile, url, response })),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readAll(body: Readable): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += (piece as Uint8Array).length;
    if (size > MOST)
      throw new StepError({
        code: "uri/too-long",
        message: `the answer is longer than ${MOST} bytes`,
        hint: "keep it in a file with `dest`",
      });
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces);
}

/** A host that is away, or that lets nothing be written, is another matter. */
function isOfServer(error: unknown): error is Error {
  if (error instanceof ConnectError) return error.code === "connect/tunnel-refused";
  return error instanceof Error && !(error instanceof StepError);
}

function reasonOf(error: Error): string {
  const detail = "detail" in error && typeof error.detail === "string" ? `: ${error.detail}` : "";
  return `${error.message}${detail}`;
}

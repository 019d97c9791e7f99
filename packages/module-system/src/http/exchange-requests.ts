import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import { answerChallenge, basicAuthorization } from "./authorization.ts";
import { plain, sendableBody } from "./body-stream.ts";
import type { CookieJar } from "./cookie-jar.ts";
import type { HostFacts } from "./host-facts.ts";
import { redirect } from "./redirect.ts";
import { FORM } from "./request-body.ts";
import type { RequestData } from "./request-data.ts";
import type { Sending } from "./send-request.ts";
import { sendRequest } from "./send-request.ts";

/** As many as Python follows. */
const MOST_REDIRECTS = 10;

/** What a request is made with, beside what the task says. */
export interface Circumstances {
  readonly facts: HostFacts;
  readonly cookies: CookieJar;
  readonly signal: AbortSignal | undefined;
  /** For the first request. */
  readonly tunnel: Promise<Duplex>;
}

export interface Answer {
  readonly url: URL;
  readonly response: IncomingMessage;
}

/** Sends a request, and again where the server sends us elsewhere or asks who we are. */
export async function exchangeRequests(host: HostPort, data: RequestData, around: Circumstances): Promise<Answer> {
  const { tls } = around.facts;
  const home = withoutUser(data.url);
  let sending: Sending = {
    ...{ url: home, method: data.method, body: await sendableBody(data.body, host), tls, signal: around.signal },
    ...{ seconds: data.seconds, socketPath: data.socketPath, headers: firstHeaders(data, around.facts) },
    tunnel: around.tunnel,
  };
  for (let count = 0; ; count++) {
    const response = await introduce(host, sending, around, sending.url.host === home.host);
    const next = redirect(data.follows, response.statusCode ?? 0, sending.method);
    const { location } = response.headers;
    if (next === undefined || location === undefined) return { url: sending.url, response };
    if (count === MOST_REDIRECTS)
      throw new StepError({ code: "uri/redirects", message: `${home.href} redirects without end` });
    response.resume();
    const url = new URL(location.replaceAll(" ", "%20"), sending.url);
    const { method, keepsBody } = next;
    const headers = redirectedHeaders(sending.headers, data.unredirected, keepsBody, url.host === home.host);
    sending = { ...sending, url, method, headers, tunnel: undefined, ...(!keepsBody && { body: undefined }) };
  }
}

/** Sends it, and once more when the server wants to know who asks. */
async function introduce(
  host: HostPort,
  sending: Sending,
  { facts: { credentials }, cookies }: Circumstances,
  isHome: boolean,
): Promise<IncomingMessage> {
  const { url, method, headers } = sending;
  const send = async (more: Readonly<Record<string, string>>, tunnel?: Promise<Duplex>) => {
    const cookie = cookies.header(url);
    const all = { ...headers, ...(cookie !== undefined && { cookie }), ...more };
    const response = await sendRequest(host, { ...sending, headers: all, tunnel });
    cookies.take(url, response.headers["set-cookie"] ?? []);
    return response;
  };
  const response = await send({}, sending.tunnel);
  if (response.statusCode !== 401 || !credentials || !isHome || "authorization" in headers) return response;
  const request = { method, path: `${url.pathname}${url.search}` };
  const authorization = answerChallenge(response.headers["www-authenticate"] ?? "", credentials, request);
  if (authorization === undefined) return response;
  response.resume();
  return send({ authorization });
}

function firstHeaders(data: RequestData, { credentials, isFromNetrc, destination }: HostFacts): Record<string, string> {
  const since = data.destination?.isForced ? undefined : destination.changedAt?.toUTCString();
  const isForced = data.isBasicForced || isFromNetrc;
  return {
    "accept-encoding": "identity",
    ...(data.body && { "content-type": FORM }),
    ...(credentials && isForced && { authorization: basicAuthorization(credentials) }),
    ...(since !== undefined && { "if-modified-since": since }),
    ...Object.fromEntries(Object.entries(data.headers).map(([name, value]) => [name.toLowerCase(), plain(value)])),
  };
}

/** Who asks is nobody's business elsewhere. */
function redirectedHeaders(
  headers: Readonly<Record<string, string>>,
  unredirected: readonly string[],
  keepsBody: boolean,
  isHome: boolean,
): Record<string, string> {
  const left = new Set([
    ...unredirected,
    ...(keepsBody ? [] : ["content-length", "content-type", "transfer-encoding"]),
    ...(isHome ? [] : ["authorization", "cookie"]),
  ]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name)));
}

function withoutUser(address: string): URL {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url;
}

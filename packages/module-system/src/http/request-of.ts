import type { LocalFile, Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { octalMode } from "@evenkeel/kinds";
import type { AttributeParams } from "../files/attribute-params.ts";
import { attributesOf } from "../files/attribute-params.ts";
import { requestBody } from "./request-body.ts";
import type { RequestBody, RequestData } from "./request-data.ts";

interface UriParams extends AttributeParams {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
  readonly body_format: "raw" | "json" | "form-urlencoded" | "form-multipart";
  readonly src?: LocalFile | string;
  readonly remote_src: boolean;
  readonly headers: Readonly<Record<string, string | Secret>>;
  readonly status_code: readonly number[];
  readonly dest?: string;
  readonly force: boolean;
  readonly follow_redirects: "safe" | "all" | "none" | "urllib2" | "yes" | "no";
  readonly unredirected_headers: readonly string[];
  readonly url_username?: string;
  readonly url_password?: string | Secret;
  readonly force_basic_auth: boolean;
  readonly use_netrc: boolean;
  readonly timeout: number;
  readonly validate_certs: boolean;
  readonly ca_path?: string;
  readonly client_cert?: string;
  readonly client_key?: string;
  readonly ciphers?: readonly string[];
  readonly unix_socket?: string;
  readonly http_agent: string;
  readonly decompress: boolean;
}

/** A request, from the parameters of a task. */
export function requestOf(params: UriParams): RequestData {
  checkUrl(params.url);
  const { body, type } = bodyOf(params);
  const isTyped = Object.keys(params.headers).some((name) => name.toLowerCase() === "content-type");
  const isForm = params.body_format === "form-multipart";
  return {
    url: params.url,
    method: methodOf(params.method),
    headers: {
      "user-agent": params.http_agent,
      ...(params.force && { "cache-control": "no-cache" }),
      ...params.headers,
      ...(type !== undefined && (!isTyped || isForm) && { "content-type": type }),
    },
    ...(body && { body }),
    ...(params.url_username !== undefined && { user: params.url_username }),
    ...(params.url_password !== undefined && { password: params.url_password }),
    isBasicForced: params.force_basic_auth,
    readsNetrc: params.use_netrc,
    follows: FOLLOWS[params.follow_redirects],
    unredirected: params.unredirected_headers.map((name) => name.toLowerCase()),
    seconds: params.timeout,
    ...(params.unix_socket !== undefined && { socketPath: params.unix_socket }),
    decompresses: params.decompress,
    expected: params.status_code,
    tls: tlsOf(params),
    ...destinationOf(params),
  };
}

const FOLLOWS = { yes: "all", all: "all", no: "none", none: "none", safe: "safe", urllib2: "urllib2" } as const;

/** A URL without the password that it may hold. */
export function shownUrl(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/?#]*@/, "$1");
}

function tlsOf({ validate_certs, ca_path, client_cert, client_key, ciphers }: UriParams): RequestData["tls"] {
  return {
    isVerified: validate_certs,
    ...(ca_path !== undefined && { authorities: ca_path }),
    ...(client_cert !== undefined && { certificate: client_cert }),
    ...(client_key !== undefined && { key: client_key }),
    ...(ciphers && { ciphers: ciphers.join(":") }),
  };
}

/** A mode in letters is counted from 0644: what comes is a new file. */
function destinationOf(params: UriParams): Pick<RequestData, "destination"> {
  if (params.dest === undefined) return {};
  const { mode, owner, group } = attributesOf(params);
  return {
    destination: {
      ...{ path: params.dest, isForced: params.force },
      ...(mode !== undefined && { mode: octalMode(mode, { mode: "0644", isDirectory: false }) }),
      ...(owner !== undefined && { owner }),
      ...(group !== undefined && { group }),
    },
  };
}

function bodyOf(params: UriParams): { readonly body?: RequestBody; readonly type?: string } {
  const { src } = params;
  if (src === undefined) return requestBody(params.body, params.body_format, params.remote_src);
  return { body: typeof src === "string" ? { hostFile: src } : { file: src } };
}

function methodOf(method: string): string {
  if (/^[A-Za-z]+$/.test(method)) return method.toUpperCase();
  throw new InputError({
    code: "uri/method",
    message: `Parameter 'method' needs to be a single word in uppercase, like GET or POST, and is ${JSON.stringify(method)}`,
  });
}

function checkUrl(url: string): void {
  if (/^https?:\/\/[^/]/.test(url) && URL.canParse(url)) return;
  throw new InputError({
    code: "uri/url",
    message: `not an address for HTTP: ${JSON.stringify(shownUrl(url))}`,
    hint: "http://HOST/… or https://HOST/…",
  });
}

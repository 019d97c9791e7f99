import { Type } from "typebox";
import type { ResponseData } from "./request-data.ts";

export const uriReturns = Type.Object(
  {
    status: Type.Integer({ description: "the HTTP status; -1 where there was no answer" }),
    url: Type.String({ description: "where the answer came from in the end" }),
    redirected: Type.Boolean({ description: "whether that is somewhere else than asked" }),
    msg: Type.String({ description: "the HTTP message" }),
    elapsed: Type.Integer({ description: "how many seconds it took" }),
    content: Type.Optional(Type.String({ description: "the body, with `return_content`" })),
    json: Type.Optional(Type.Unknown({ description: "the body, where it is JSON" })),
    cookies: Type.Optional(Type.Object({}, { additionalProperties: true, description: "the cookies that were set" })),
    cookies_string: Type.Optional(Type.String({ description: "the same as a header takes them" })),
    path: Type.Optional(Type.String({ description: "the file that the answer is in" })),
    location: Type.Optional(Type.String({ description: "where the server sends us" })),
    content_type: Type.Optional(Type.String({ description: "what the body is" })),
    content_length: Type.Optional(Type.String({ description: "how long it is" })),
  },
  { additionalProperties: true, description: "and all other headers, with `_` for `-`" },
);

interface Wanted {
  readonly url: string;
  readonly return_content: boolean;
  readonly status_code: readonly number[];
}

/** Ansible's fields of an answer, headers among them. */
export function uriResult(data: ResponseData, { url, return_content, status_code }: Wanted): Record<string, unknown> {
  const { status, headers, body } = data;
  const isExpected = status_code.includes(status);
  const isError = status >= 300 || status < 200;
  const said = isError
    ? `HTTP Error ${status}: ${data.message}`
    : `OK (${headers["content-length"] ?? "unknown"} bytes)`;
  const msg = status === -1 ? data.message : said;
  const content = body === undefined ? undefined : decoded(body, headers["content-type"] ?? "");
  return {
    ...fieldsOf(headers, url),
    ...(status !== -1 && !isError && cookiesOf(data)),
    ...{ status, url: isError ? url : data.url, redirected: !isError && data.url !== new URL(url).href },
    ...{ elapsed: data.elapsed, changed: data.isChanged ?? false },
    ...(data.path !== undefined && { path: data.path }),
    ...(content !== undefined && jsonOf(content, headers["content-type"] ?? "")),
    ...(return_content && { content: content ?? "" }),
    ...(isExpected
      ? { msg }
      : { failed: true, msg: `Status code was ${status} and not [${status_code.join(", ")}]: ${msg}` }),
  };
}

function fieldsOf(headers: ResponseData["headers"], url: string): Record<string, string> {
  const fields = Object.entries(headers).map(([name, value]) => [name.replaceAll("-", "_").toLowerCase(), value]);
  const { location, ...rest } = Object.fromEntries(fields) as Record<string, string>;
  return { ...rest, ...(location !== undefined && { location: new URL(location, url).href }) };
}

function cookiesOf({ cookies }: ResponseData): Record<string, unknown> {
  return {
    cookies: Object.fromEntries(cookies),
    cookies_string: cookies.map(([name, value]) => `${name}=${value}`).join("; "),
  };
}

function jsonOf(content: string, type: string): { readonly json?: unknown } {
  if (!/^\s*[^;]*[/+](json|javascript)\b/i.test(type)) return {};
  try {
    return { json: JSON.parse(content) };
  } catch {
    return {}; // The server calls it JSON, and it is not: Ansible says nothing either.
  }
}

function decoded(body: Uint8Array, type: string): string {
  const charset = /charset\s*=\s*"?([^\s";,]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body); // A charset that nobody knows.
  }
}

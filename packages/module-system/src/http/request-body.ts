import { hash } from "node:crypto";
import type { LocalFile } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import type { FormPart, RequestBody } from "./request-data.ts";

type Format = "raw" | "json" | "form-urlencoded" | "form-multipart";

/** A body in the wanted format, and what it is called in Content-Type. */
export function requestBody(
  body: unknown,
  format: Format,
  isOnHost: boolean,
): { readonly body?: RequestBody; readonly type?: string } {
  if (format === "form-multipart") return multipart(body, isOnHost);
  const type = { raw: undefined, json: "application/json", "form-urlencoded": FORM }[format];
  const named = type === undefined ? {} : { type };
  if (body === undefined || body === null) return named;
  if (typeof body === "string" || body instanceof Secret) return { ...named, body: { text: body } };
  if (format === "json") return { ...named, body: { text: hiding(body, JSON.stringify) } };
  if (format === "form-urlencoded") return { ...named, body: { text: hiding(body, urlEncoded) } };
  if (typeof body === "object") throw wrong("a raw body is text", "body_format: json makes JSON of it");
  return { body: { text: scalar(body) } };
}

export const FORM = "application/x-www-form-urlencoded";

/** Text made of values; where one of them is a secret, all of it is. */
function hiding(value: unknown, make: (plain: unknown) => string): string | Secret {
  let isSecret = false;
  const bare = (each: unknown): unknown => {
    if (each instanceof Secret) {
      isSecret = true;
      return each.reveal();
    }
    if (Array.isArray(each)) return each.map(bare);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, bare(inner)]));
  };
  const text = make(bare(value));
  return isSecret ? new Secret(text) : text;
}

function urlEncoded(body: unknown): string {
  const pairs: readonly unknown[] = Array.isArray(body) ? body : Object.entries(body as object);
  return pairs
    .flatMap((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw wrong("a form is a mapping, or a list of [name, value]");
      const [name, values] = pair as [unknown, unknown];
      const list = Array.isArray(values) ? values : [values];
      return list.filter((value) => value !== null).map((value) => `${encode(scalar(name))}=${encode(scalar(value))}`);
    })
    .join("&");
}

/** As Python's `quote_plus`. */
function encode(text: string): string {
  const escaped = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text)
    .replace(/[!*'()]/g, escaped)
    .replaceAll("%20", "+");
}

/** As Ansible writes a value into text. */
function scalar(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function multipart(body: unknown, isOnHost: boolean) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw wrong("a multipart form is a mapping");
  const fields = Object.entries(body).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = fields.map(([name, value]) => formPart(name, value, isOnHost));
  const boundary = `=============${hash("sha256", JSON.stringify(parts)).slice(0, 24)}==`;
  return { body: { parts, boundary }, type: `multipart/form-data; boundary="${boundary}"` };
}

function formPart(name: string, value: unknown, isOnHost: boolean): FormPart {
  if (typeof value === "string" || value instanceof Secret)
    return { name, content: value, type: "text/plain", isBase64: false };
  if (typeof value !== "object" || value === null) throw wrong(`the field ${name} is neither text nor a mapping`);
  const { content, filename, mime_type, multipart_encoding } = value as Readonly<Record<string, unknown>>;
  const path = isLocalFile(filename) ? filename.localFile : typeof filename === "string" ? filename : undefined;
  const common = {
    name,
    type: typeof mime_type === "string" ? mime_type : "application/octet-stream",
    ...(path !== undefined && { fileName: path.slice(path.lastIndexOf("/") + 1) }),
  };
  if (typeof content === "string" || content instanceof Secret) return { ...common, content, isBase64: false };
  const isBase64 = multipart_encoding !== "7or8bit";
  if (isLocalFile(filename)) return { ...common, content: { file: filename }, isBase64 };
  if (isOnHost && path !== undefined) return { ...common, content: { hostFile: path }, isBase64 };
  throw wrong(
    `the field ${name} has no content`,
    "give `content` (a file of ours: lookup('file', …)), or with remote_src: true a `filename` on the host",
  );
}

function isLocalFile(value: unknown): value is LocalFile {
  return typeof value === "object" && value !== null && "localFile" in value;
}

function wrong(message: string, hint?: string): InputError {
  return new InputError({ code: "uri/body", message, ...(hint !== undefined && { hint }) });
}

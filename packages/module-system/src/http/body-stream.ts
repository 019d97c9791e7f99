import { createReadStream } from "node:fs";
import type { HostPort, LocalFile } from "@evenkeel/core";
import { Secret } from "@evenkeel/core";
import type { FormPart, RequestBody } from "./request-data.ts";

/** A body, ready to be sent as often as it takes. */
export interface SendableBody {
  readonly size: number;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Fetches what is on the host; a file of ours is read when it is sent. */
export async function sendableBody(body: RequestBody | undefined, host: HostPort): Promise<SendableBody | undefined> {
  if (body === undefined) return undefined;
  if ("file" in body) return { size: body.file.size, pieces: () => createReadStream(body.file.localFile) };
  if ("text" in body) return whole(Buffer.from(plain(body.text)));
  return whole("hostFile" in body ? await readHost(host, body.hostFile) : await form(body.parts, body.boundary, host));
}

/** A whole file of the host's. */
export async function readHost(host: HostPort, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await host.get(path, (bytes) => void pieces.push(bytes));
  return Buffer.concat(pieces);
}

function whole(bytes: Buffer): SendableBody {
  return { size: bytes.length, pieces: () => [bytes] };
}

async function form(parts: readonly FormPart[], boundary: string, host: HostPort): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    const { name, content, type, fileName, isBase64 } = part;
    const file = fileName === undefined ? "" : `; filename="${quoted(fileName)}"`;
    const encoding = isBase64 ? "Content-Transfer-Encoding: base64\r\n" : "";
    const heads = `${encoding}Content-Type: ${type}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}`;
    const bytes = await bytesOf(content, host);
    pieces.push(
      Buffer.from(`--${boundary}\r\n${heads}\r\n\r\n`),
      isBase64 ? base64(bytes) : bytes,
      Buffer.from("\r\n"),
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

async function bytesOf(content: FormPart["content"], host: HostPort): Promise<Buffer> {
  if (typeof content === "string" || content instanceof Secret) return Buffer.from(plain(content));
  return "hostFile" in content ? readHost(host, content.hostFile) : readLocal(content.file);
}

async function readLocal({ localFile }: LocalFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of createReadStream(localFile)) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
}

/** In lines of 76, as mail has it. */
function base64(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("base64").replace(/.{76}/g, "$&\r\n"));
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replace(/[\r\n]/g, " ");
}

export function plain(text: string | Secret): string {
  return text instanceof Secret ? text.reveal() : text;
}

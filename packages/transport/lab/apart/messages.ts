import type { Readable, Writable } from "node:stream";
import { deserialize, serialize } from "node:v8";
import { Secret } from "@evenkeel/core";

/** Writes one message before which stands its length. */
export function sendMessage(stream: Writable, message: unknown): void {
  const bytes = serialize(pack(message));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  stream.write(Buffer.concat([length, bytes]));
}

/** The messages of the other side, in order. */
export async function* readMessages(stream: Readable): AsyncGenerator<unknown> {
  let held = Buffer.alloc(0);
  for await (const chunk of stream) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
      const end = 4 + held.readUInt32BE();
      yield unpack(deserialize(held.subarray(4, end)));
      held = held.subarray(end);
    }
  }
}

/** Secrets do not survive serialisation, as they should not; here they must. */
function pack(value: unknown): unknown {
  if (value instanceof Secret) return { secret: value.reveal() };
  return rebuild(value, pack);
}

function unpack(value: unknown): unknown {
  if (typeof value === "object" && value !== null && "secret" in value) return new Secret(String(value.secret));
  return rebuild(value, unpack);
}

function rebuild(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, each(item)]));
}

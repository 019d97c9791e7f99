import { StepError } from "@evenkeel/core";

/** Where a record lies in a message. */
export interface RecordPlace {
  readonly type: number;
  readonly start: number;
  readonly dataAt: number;
  readonly end: number;
}

/** Where the records of a message lie: its last one signs all before it, byte by byte. */
export function recordsOf(message: Buffer): readonly RecordPlace[] {
  try {
    let at = 12;
    for (let left = message.readUInt16BE(4); left > 0; left--) at = afterName(message, at) + 4;
    const places: RecordPlace[] = [];
    const count = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10);
    for (let left = count; left > 0; left--) {
      const [start, fields] = [at, afterName(message, at)];
      at = fields + 10 + message.readUInt16BE(fields + 8);
      if (at > message.length) throw new RangeError("longer than the message");
      places.push({ type: message.readUInt16BE(fields), start, dataAt: fields + 10, end: at });
    }
    return places;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new StepError({ code: "dns/garbled", message: "the name server said something that cannot be read", cause });
  }
}

/** A name ends with an empty label, or with a pointer to the rest of it. */
function afterName(message: Buffer, start: number): number {
  for (let at = start; ; ) {
    const length = message.readUInt8(at);
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
}

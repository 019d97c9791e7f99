import type { Answer } from "dns-packet";
import packet from "dns-packet";
import type { RecordType } from "../records/resource-record.ts";
import { dataToWire } from "./record-data.ts";
import { nameBytes, uint16, uint32 } from "./wire-bytes.ts";

/** What a name server is told (RFC 2136): if it is still so, make it so. */
export interface Update {
  readonly zone: string;
  readonly name: string;
  readonly type: RecordType;
  /** What was seen there; the server does nothing when it is not so any more. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly ttl: number;
}

const [NONE, ANY] = [254, 255];
const [SOA, CNAME] = [6, 5];

export function updateMessage(update: Update, id: number): Buffer {
  const prerequisites = prerequisitesOf(update);
  const changes = [deletion(update), ...update.after.map((data) => record(update, data, update.ttl))];
  const header = Buffer.concat([
    ...[uint16(id), uint16(5 << 11)],
    ...[1, prerequisites.length, changes.length, 0].map(uint16),
  ]);
  const zone = Buffer.concat([nameBytes(update.zone), uint16(SOA), uint16(1)]);
  return Buffer.concat([header, zone, ...prerequisites, ...changes]);
}

function prerequisitesOf({ name, type, before, after }: Update): readonly Buffer[] {
  // All of the records, and no others: the server compares the sets.
  if (before.length > 0) return before.map((data) => record({ name, type }, data, 0));
  // A server is silent about a CNAME beside others: it only leaves it out.
  if (type === "CNAME" && after.length > 0) return [bare(name, ANY, NONE)];
  return [bare(name, codeOf(type), NONE), ...(after.length > 0 && type !== "CNAME" ? [bare(name, CNAME, NONE)] : [])];
}

/** All records of this name and type. */
function deletion({ name, type }: Update): Buffer {
  return bare(name, codeOf(type), ANY);
}

/** A record of which only name, type and class count. */
function bare(name: string, type: number, kind: number): Buffer {
  return Buffer.concat([nameBytes(name), uint16(type), uint16(kind), uint32(0), uint16(0)]);
}

/** A whole record: the library writes it, after a header that is not wanted here. */
function record({ name, type }: Pick<Update, "name" | "type">, data: string, ttl: number): Buffer {
  const answer = { name, type, ttl, class: "IN", data: dataToWire(type, data) } as Answer;
  return packet.encode({ type: "query", answers: [answer] }).subarray(12);
}

function codeOf(type: RecordType): number {
  const question = packet.encode({ type: "query", questions: [{ name: ".", type }] });
  return question.readUInt16BE(question.length - 4);
}

import { ownerName, relativeName } from "../records/domain-name.ts";
import type { RecordType, ResourceRecord } from "../records/resource-record.ts";
import { recordTypes } from "../records/resource-record.ts";

/** A zone as its file says it, but for the serial. */
export interface Zone {
  /** With its last dot. */
  readonly name: string;
  readonly ttl: number;
  readonly soa: Soa;
  /** All but the SOA. */
  readonly records: readonly ResourceRecord[];
}

export interface Soa {
  readonly primary: string;
  readonly contact: string;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/** What a zone file says. Of what others wrote, only the serial and the lines are known. */
export interface ReadZone {
  /** Written by us. */
  readonly zone?: Zone;
  readonly serial?: number;
  /** Lines that say something, and that we cannot read. */
  readonly unread: readonly string[];
}

/** A zone's file. The same zone is the same text, in whatever order it was written down. */
export function zoneText({ name, ttl, soa, records }: Zone, serial: number): string {
  const { primary, contact, refresh, retry, expire, minimum } = soa;
  const lines = records.toSorted(byPlace).map((record) => {
    const own = record.ttl === ttl ? "" : `${record.ttl} `;
    return `${relativeName(record.name, name)} ${own}IN ${record.type} ${record.data}`;
  });
  return [
    `; ${name.slice(0, -1)}, written by Evenkeel: what is changed here by hand is replaced.`,
    `$ORIGIN ${name}`,
    `$TTL ${ttl}`,
    `@ IN SOA ${primary} ${contact} ${serial} ${refresh} ${retry} ${expire} ${minimum}`,
    ...lines,
    "",
  ].join("\n");
}

/** Reads what `zoneText` wrote; of what others wrote, what must not get lost unseen. */
export function readZone(text: string, name: string): ReadZone {
  const ttl = /^\$TTL (\d+)$/m.exec(text)?.[1];
  const soa = /^@ IN SOA (\S+) (\S+) (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(text);
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*;/.test(line));
  if (soa === null || ttl === undefined || !text.includes(`$ORIGIN ${name}\n`)) {
    const serial = /\sSOA\s+\S+\s+\S+\s*\(?(?:\s|;.*\n)*(\d+)/.exec(text)?.[1];
    return { unread: lines, ...(serial !== undefined && { serial: Number(serial) }) };
  }
  const [, primary = "", contact = "", serial, ...times] = soa;
  const [refresh = 0, retry = 0, expire = 0, minimum = 0] = times.map(Number);
  const head = [soa[0], `$TTL ${ttl}`, `$ORIGIN ${name}`];
  const read = lines
    .filter((line) => !head.includes(line))
    .map((line) => ({ line, record: readLine(line, name, Number(ttl)) }));
  const records = read.flatMap(({ record }) => record ?? []);
  return {
    zone: { name, ttl: Number(ttl), soa: { primary, contact, refresh, retry, expire, minimum }, records },
    serial: Number(serial),
    unread: read.flatMap(({ line, record }) => (record ? [] : [line])),
  };
}

function readLine(line: string, zone: string, zoneTtl: number): ResourceRecord | undefined {
  const [, owner = "", ttl, type = "", data = ""] = /^(\S+)(?: (\d+))? IN ([A-Z]+) (.*)$/.exec(line) ?? [];
  if (!isRecordType(type)) return undefined;
  try {
    return { name: ownerName(owner, zone), ttl: ttl === undefined ? zoneTtl : Number(ttl), type, data };
  } catch {
    return undefined; // Not of our making: it is told as a line.
  }
}

function isRecordType(word: string): word is RecordType {
  return (recordTypes as readonly string[]).includes(word);
}

const typeOrder: readonly RecordType[] = ["NS", ...recordTypes.filter((type) => type !== "NS")];

/** The zone itself first, then its names as a tree is read, then types and data. */
function byPlace(one: ResourceRecord, other: ResourceRecord): number {
  const [mine, theirs] = [placeOf(one), placeOf(other)];
  const at = mine.findIndex((each, index) => each !== theirs[index]);
  return at < 0 ? 0 : (mine[at] ?? "") < (theirs[at] ?? "") ? -1 : 1;
}

function placeOf({ name, type, data }: ResourceRecord): readonly string[] {
  return [name.split(".").toReversed().join(" "), String(typeOrder.indexOf(type)), data];
}

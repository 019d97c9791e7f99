import { InputError } from "@evenkeel/core";
import { ipv4, ipv6 } from "./address.ts";
import { quotedStrings } from "./character-strings.ts";
import { ownerName, targetName } from "./domain-name.ts";
import type { RecordParams } from "./record-params.ts";
import type { RecordType, ResourceRecord } from "./resource-record.ts";

/** Records as a playbook has them, as records of a zone. */
export function readRecords(written: RecordParams, zone: string, ttl: number): readonly ResourceRecord[] {
  const name = ownerName(written.name, zone);
  checkWords(written);
  const values = typeof written.value === "string" ? [written.value] : written.value;
  return values.map((value) => ({
    name,
    ttl: written.ttl ?? ttl,
    type: written.type,
    data: dataOf[written.type]({ ...written, value }, zone),
  }));
}

type One = Omit<RecordParams, "value"> & { readonly value: string };
type Word = "priority" | "weight" | "port" | "tag" | "flags";

const dataOf: Readonly<Record<RecordType, (record: One, zone: string) => string>> = {
  A: (record) => ipv4(record.value) ?? refuse(record, "an IPv4 address"),
  AAAA: (record) => ipv6(record.value) ?? refuse(record, "an IPv6 address"),
  CNAME: ({ value }, zone) => targetName(value, zone),
  NS: ({ value }, zone) => targetName(value, zone),
  PTR: ({ value }, zone) => targetName(value, zone),
  MX: ({ value, priority }, zone) => `${priority} ${targetName(value, zone)}`,
  SRV: ({ value, priority, weight, port }, zone) => `${priority} ${weight} ${port} ${targetName(value, zone)}`,
  CAA: (record) => `${record.flags ?? 0} ${record.tag?.toLowerCase()} ${quotedStrings(short(record))}`,
  TXT: ({ value }) => quotedStrings(value),
};

/** A CAA value is one string. */
function short(record: One): string {
  return Buffer.byteLength(record.value) <= 255 ? record.value : refuse(record, "a text of at most 255 bytes");
}

/** What a type must say, and what only it may. */
const wordsOf: Readonly<Partial<Record<RecordType, readonly Word[]>>> = {
  MX: ["priority"],
  SRV: ["priority", "weight", "port"],
  CAA: ["tag"],
};

function checkWords(record: RecordParams): void {
  const { name, type } = record;
  const wanted = wordsOf[type] ?? [];
  const missing = wanted.filter((word) => record[word] === undefined);
  const allowed = type === "CAA" ? [...wanted, "flags"] : wanted;
  const foreign = (["priority", "weight", "port", "tag", "flags"] as const).filter(
    (word) => record[word] !== undefined && !allowed.includes(word),
  );
  if (missing.length === 0 && foreign.length === 0) return;
  const [word] = missing.length > 0 ? missing : foreign;
  throw new InputError({
    code: "dns/words",
    message: `${name} ${type} ${missing.length > 0 ? "needs" : "has no"} ${word}`,
    hint: wanted.length > 0 ? `${type} takes ${allowed.join(", ")} and value` : `${type} takes value only`,
  });
}

function refuse({ name, type, value }: One, wanted: string): never {
  throw new InputError({ code: "dns/value", message: `${name} ${type}: ${JSON.stringify(value)} is not ${wanted}` });
}

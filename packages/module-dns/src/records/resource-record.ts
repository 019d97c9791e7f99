/** The types of records that can be said here. */
export const recordTypes = ["A", "AAAA", "CNAME", "MX", "TXT", "NS", "SRV", "CAA", "PTR"] as const;

export type RecordType = (typeof recordTypes)[number];

/** One record: names in full with their last dot and in small letters, data as zone files have it, one way of writing for one meaning. */
export interface ResourceRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: RecordType;
  readonly data: string;
}

/** What is of one name and one type belongs together: it is asked for, cached and replaced as one. */
export function setOf({ name, type }: Pick<ResourceRecord, "name" | "type">): string {
  return `${name} ${type}`;
}

import type { Change } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import { served, settleStep } from "../bind/served.ts";
import { checkRecords } from "../records/check-records.ts";
import { ownerName, zoneName } from "../records/domain-name.ts";
import { readRecords } from "../records/read-records.ts";
import type { RecordParams } from "../records/record-params.ts";
import type { ResourceRecord } from "../records/resource-record.ts";
import { setOf } from "../records/resource-record.ts";
import type { ZoneAsItIs } from "../zone/change-zone-file.ts";
import { changeZoneFile, zoneAsItIs } from "../zone/change-zone-file.ts";
import type { Zone } from "../zone/zone-text.ts";

/** A record as a task has it; without a value: all of that name and type. */
export type RecordWish = Omit<RecordParams, "value"> & {
  readonly zone: string;
  readonly value?: RecordParams["value"] | undefined;
  readonly state: "present" | "absent";
  readonly propagation_timeout: number;
  readonly servers: readonly string[];
};

/** From here on a serial is one with a day in it: dns.zone decides of which sort a zone's are. */
const FIRST_DAY = 1_970_010_100;

/** One set of records in a zone's file that dns.zone made; the rest of the zone stays. */
export function changeRecordInFile(on: ZoneAsItIs, wish: RecordWish): readonly Change[] {
  const { zone: before, serial: last } = readOurs(on, wish);
  const after = { ...before, records: withWish(before, wish) };
  checkRecords(after.records, after.name);
  const { serial, changes } = changeZoneFile(on, after, last >= FIRST_DAY ? "date" : "increment");
  const { key, state } = on.served;
  const [first, ...rest] = [
    ...changes,
    ...served.ensure(on.served, {
      ...{ state: "served", secondaries: wish.servers, seconds: wish.propagation_timeout },
      ...(serial !== undefined && { serial }),
    }),
  ];
  if (!isUnsettled(state) && state.isDynamic) throw dynamic(key);
  if (first === undefined) return [];
  return [{ ...first, undo: [...first.undo, settleStep(key, on.current.key, serial ?? 0)] }, ...rest];
}

function withWish({ records, name: zone, ttl }: Zone, wish: RecordWish): readonly ResourceRecord[] {
  const { value, state } = wish;
  const set = setOf({ name: ownerName(wish.name, zone), type: wish.type });
  const own = records.filter((record) => setOf(record) === set);
  const given = value === undefined ? [] : readRecords({ ...wish, value }, zone, own[0]?.ttl ?? ttl);
  const others = records.filter((record) => setOf(record) !== set);
  if (state === "present") return [...others, ...given];
  const kept = value === undefined ? [] : own.filter(({ data }) => !given.some((each) => each.data === data));
  return [...others, ...kept];
}

function readOurs(on: ZoneAsItIs, { zone }: RecordWish): { readonly zone: Zone; readonly serial: number } {
  const read = zoneAsItIs(on, zoneName(zone));
  if (read?.zone && read.unread.length === 0) return { zone: read.zone, serial: read.serial ?? 0 };
  if (read === undefined) {
    throw new StepError({
      code: "dns/no-zone",
      message: `there is no file ${on.current.key} of the zone ${zone} on this host`,
      hint: "dns.zone makes it; a server elsewhere is told with a key (method: update)",
    });
  }
  throw new StepError({
    code: "dns/not-ours",
    message: `${on.current.key} was changed by hand`,
    detail: read.unread.slice(0, 10).join("\n"),
    hint: "apply dns.zone first: it says what of that would go",
  });
}

function dynamic(zone: string): StepError {
  return new StepError({
    code: "dns/dynamic",
    message: `${zone} takes updates: its file is named's own`,
    hint: "give a key, so that the server is told (method: update)",
  });
}

import { InputError } from "@evenkeel/core";
import { isWithin } from "./domain-name.ts";
import type { ResourceRecord } from "./resource-record.ts";
import { setOf } from "./resource-record.ts";

/** What a zone's records must not say beside each other; named would refuse some of it, and resolvers would stumble over the rest. */
export function checkRecords(records: readonly ResourceRecord[], zone: string): void {
  const byName = Map.groupBy(records, ({ name }) => name);
  for (const [name, own] of byName) checkAlias(name, own, zone);
  for (const [set, own] of Map.groupBy(records, setOf)) checkSet(set, own);
  for (const record of records) checkTarget(record, byName, zone);
}

/** A CNAME stands alone. */
function checkAlias(name: string, own: readonly ResourceRecord[], zone: string): void {
  const aliases = own.filter(({ type }) => type === "CNAME");
  if (aliases.length === 0) return;
  if (name === zone)
    throw conflict(
      `${name} is the zone itself, and cannot be a CNAME`,
      "give it the addresses (A, AAAA) of where it is to lead",
    );
  const others = own.filter(({ type }) => type !== "CNAME").map(({ type }) => type);
  if (others.length > 0) {
    const message = `${name} has a CNAME and ${[...new Set(others)].join(", ")}: a CNAME stands alone`;
    throw conflict(message, "give the name the addresses themselves, or take the other records away");
  }
  if (new Set(aliases.map(({ data }) => data)).size > 1)
    throw conflict(`${name} has ${aliases.length} CNAMEs: it can have one`, "several addresses are several A records");
}

function checkSet(set: string, own: readonly ResourceRecord[]): void {
  const twice = own.find(({ data }, at) => own.findIndex((other) => other.data === data) !== at);
  if (twice) throw conflict(`${set} ${twice.data} is there twice`, "leave one of them");
  const ttls = new Set(own.map(({ ttl }) => ttl));
  if (ttls.size > 1)
    throw conflict(
      `the records of ${set} have different TTLs: ${[...ttls].join(", ")}`,
      "they are kept together: one TTL for all",
    );
}

/** Who is asked next must be found without a detour. */
function checkTarget(
  { name, type, data }: ResourceRecord,
  byName: ReadonlyMap<string, readonly ResourceRecord[]>,
  zone: string,
): void {
  const target = type === "NS" ? data : type === "MX" || type === "SRV" ? (data.split(" ").at(-1) ?? "") : ".";
  if (target === "." || !isWithin(target, zone)) return;
  const there = byName.get(target) ?? wildcardFor(target, byName, zone);
  if (there?.some((each) => each.type === "CNAME"))
    throw conflict(
      `${name} ${type} leads to ${target}, which is a CNAME`,
      "it must lead to a name that has addresses itself",
    );
  if (there?.some((each) => each.type === "A" || each.type === "AAAA")) return;
  if (type !== "NS" && isDelegated(target, byName, zone)) return;
  throw conflict(
    `${name} ${type} leads to ${target}, which has no address in the zone`,
    `add { name: ${target.slice(0, -zone.length - 1) || "@"}, type: A, value: … }`,
  );
}

function wildcardFor(name: string, byName: ReadonlyMap<string, readonly ResourceRecord[]>, zone: string) {
  for (let at = name; isWithin(at, zone) && at !== zone; ) {
    at = at.slice(at.indexOf(".") + 1);
    const found = byName.get(`*.${at}`);
    if (found) return found;
  }
  return undefined;
}

/** Below a name that other servers answer for. */
function isDelegated(name: string, byName: ReadonlyMap<string, readonly ResourceRecord[]>, zone: string): boolean {
  for (let at = name; at !== zone; at = at.slice(at.indexOf(".") + 1))
    if (byName.get(at)?.some(({ type }) => type === "NS")) return true;
  return false;
}

function conflict(message: string, hint: string): InputError {
  return new InputError({ code: "dns/conflict", message, hint });
}

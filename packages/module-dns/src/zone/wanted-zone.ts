import { isIP } from "node:net";
import { InputError } from "@evenkeel/core";
import { checkRecords } from "../records/check-records.ts";
import { targetName, zoneName } from "../records/domain-name.ts";
import { readRecords } from "../records/read-records.ts";
import type { ResourceRecord } from "../records/resource-record.ts";
import { setOf } from "../records/resource-record.ts";
import type { ZoneParams } from "./zone-params.ts";
import type { Zone } from "./zone-text.ts";

/** The zone that a task describes, and what of an old one stays. What contradicts itself is refused. */
export function wantedZone(params: ZoneParams, old: readonly ResourceRecord[] = []): Zone {
  const name = zoneName(params.name);
  const { nameservers, ttl = 3600, keep_others: keepsOthers } = params;
  checkOptions(params, name);
  const given = params.records.flatMap((record) => readRecords(record, name, ttl));
  const own = given.find((record) => record.type === "NS" && record.name === name);
  if (own) throw wrong(`the servers of ${params.name} itself are said in nameservers, not in records`);
  const servers = nameservers.map((each) => ({ name, ttl, type: "NS" as const, data: targetName(each, name) }));
  const wanted = [...servers, ...given];
  const sets = new Set(wanted.map(setOf));
  const records = [...wanted, ...(keepsOthers ? old.filter((record) => !sets.has(setOf(record))) : [])];
  checkRecords(records, name);
  return { name, ttl, soa: soaOf(params, name, servers[0]?.data ?? name), records };
}

function checkOptions(
  { nameservers, secondaries, update_keys: updateKeys, keep_others: keepsOthers }: ZoneParams,
  name: string,
): void {
  if (nameservers.length === 0)
    throw wrong(
      `${name.slice(0, -1)} needs nameservers`,
      "the names of the servers that answer for it, such as [ns1, ns2]",
    );
  if (new Set(nameservers).size < nameservers.length) throw wrong("nameservers has the same server twice");
  const [odd] = secondaries.filter((address) => isIP(address) === 0);
  if (odd !== undefined)
    throw wrong(`secondaries: ${JSON.stringify(odd)} is not an address`, "they are asked by address");
  if (updateKeys.length > 0 && keepsOthers)
    throw wrong(
      "update_keys and keep_others do not go together",
      "a zone that takes updates keeps all that it was told",
    );
}

const standard = { contact: undefined, refresh: 7200, retry: 900, expire: 1209600, minimum: 300 };

function soaOf({ soa }: ZoneParams, zone: string, primary: string): Zone["soa"] {
  const { contact, ...times } = { ...standard, ...soa };
  return { primary, contact: mailbox(contact ?? `hostmaster@${zone}`, zone), ...times };
}

/** A mail address as a name: dots before the @ are not between labels. */
function mailbox(address: string, zone: string): string {
  const [, local = "", domain = ""] = /^([A-Za-z0-9._+-]+)@(.+)$/.exec(address) ?? [];
  if (local === "") throw wrong(`soa.contact: ${JSON.stringify(address)} is not a mail address`);
  return `${local.replaceAll(".", "\\.")}.${targetName(domain, zone)}`;
}

function wrong(message: string, hint?: string): InputError {
  return new InputError({ code: "dns/zone", message, ...(hint && { hint }) });
}

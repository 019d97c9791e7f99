import type { Static } from "typebox";
import { Type } from "typebox";
import { recordParams, ttlParam } from "../records/record-params.ts";

const seconds = (description: string, standard: number) =>
  Type.Integer({ minimum: 1, maximum: 2147483647, default: standard, description });

const soaParams = Type.Object(
  {
    contact: Type.Optional(
      Type.String({ description: "who is responsible, as a mail address; hostmaster@ the zone if not said" }),
    ),
    refresh: seconds("after how many seconds secondaries look for a new serial", 7200),
    retry: seconds("and after how many again, when that failed", 900),
    expire: seconds("after how many without success they stop to answer", 1209600),
    minimum: seconds("for how many seconds it may be kept that a name is not there", 300),
  },
  { additionalProperties: false, description: "what the SOA record says beside the serial" },
);

export const zoneParams = Type.Object(
  {
    name: Type.String({ aliases: ["zone"], description: "the zone, such as foobar.com" }),
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "served, or not by this host",
    }),
    nameservers: Type.Array(Type.String(), {
      default: [],
      split: true,
      description:
        "the zone's servers (NS), the first of them the primary; those in the zone need an address in records",
    }),
    records: Type.Array(recordParams, {
      default: [],
      description: "what the zone says, but for its SOA and its own NS",
    }),
    ttl: ttlParam("for how many seconds records may be kept that say nothing else; 3600 if not said"),
    soa: Type.Optional(soaParams),
    serial: Type.Enum(["date", "increment"], {
      type: "string",
      default: "date",
      description: "how the serial rises: to the day's first (2026112101), or by one; always above what was served",
    }),
    keep_others: Type.Boolean({
      default: false,
      description: "leave records that are in the zone's file and not named here: then dns.record can add some",
    }),
    max_deletions: Type.String({
      pattern: "^\\d+%?$",
      default: "30%",
      description: "how many records a run may take away: a number, or a share of a zone that has ten or more",
    }),
    secondaries: Type.Array(Type.String(), {
      default: [],
      split: true,
      description:
        "addresses of servers that get the zone from here: they may transfer it, are told of changes, and must follow",
    }),
    propagation_timeout: Type.Integer({
      minimum: 1,
      default: 60,
      description: "for how many seconds secondaries may take",
    }),
    allow_transfer: Type.Array(Type.String(), {
      default: [],
      split: true,
      description: "who else may transfer the zone: addresses, networks, `key NAME`; nobody if not said",
    }),
    also_notify: Type.Array(Type.String(), { default: [], split: true, description: "who else is told of changes" }),
    update_keys: Type.Array(Type.String(), {
      default: [],
      split: true,
      description: "names of keys that may change records (RFC 2136); then records is what the zone begins with",
    }),
  },
  { additionalProperties: false },
);

export type ZoneParams = Static<typeof zoneParams>;

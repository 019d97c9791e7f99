import type { Static } from "typebox";
import { Type } from "typebox";
import { recordTypes } from "./resource-record.ts";

/** What belongs to one type of record only. */
export const dataParams = {
  priority: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65535, description: "of MX and SRV: the lowest is asked first" }),
  ),
  weight: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65535, description: "of SRV: a share among equal priorities" }),
  ),
  port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535, description: "of SRV: where the service is" })),
  tag: Type.Optional(
    Type.String({ pattern: "^[A-Za-z0-9]{1,15}$", description: "of CAA: issue, issuewild, iodef or another" }),
  ),
  flags: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 255,
      description: "of CAA: 128 if who does not know the tag must not issue; 0 if not said",
    }),
  ),
};

export const ttlParam = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 2147483647, description }));

export const valueParam = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
  description:
    "an address, a name, a text; a list is one record each. A name with a dot in it is a full one, without it is in the zone",
});

/** A record, or several of one name and type, as a playbook has them. */
export const recordParams = Type.Object(
  {
    name: Type.String({ default: "@", description: "www, @ for the zone itself, *.dev" }),
    type: Type.Enum([...recordTypes], { type: "string", description: "what it says" }),
    value: valueParam,
    ttl: ttlParam("for how many seconds it may be kept; the zone's if not said"),
    ...dataParams,
  },
  { additionalProperties: false },
);

export type RecordParams = Static<typeof recordParams>;

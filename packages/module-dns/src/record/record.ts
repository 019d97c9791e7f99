import type { Answers, Change } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled, StepError } from "@evenkeel/core";
import { file, longFile } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { zoneFile } from "../bind/paths.ts";
import { served } from "../bind/served.ts";
import { ownerName, zoneName } from "../records/domain-name.ts";
import { readRecords } from "../records/read-records.ts";
import { dataParams, ttlParam, valueParam } from "../records/record-params.ts";
import { recordTypes } from "../records/resource-record.ts";
import { keyName } from "../zone/zone-statement.ts";
import { changeRecordInFile } from "./change-in-file.ts";
import { keyParam } from "./key-param.ts";
import type { RecordSetState } from "./record-set.ts";
import { recordSet } from "./record-set.ts";

const params = Type.Object(
  {
    zone: Type.String({ description: "the zone that the name is in" }),
    name: Type.String({ default: "@", aliases: ["record"], description: "www, @ for the zone itself, *.dev" }),
    type: Type.Enum([...recordTypes], { type: "string", default: "A", description: "what it says" }),
    value: Type.Optional(valueParam),
    ttl: ttlParam("for how many seconds it may be kept; what it was, or 3600, if not said"),
    ...dataParams,
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "exactly these values; or no such record, with value: not these",
    }),
    method: Type.Optional(
      Type.Enum(["update", "zone_file"], {
        type: "string",
        description: "tell the server (RFC 2136), or change the file that dns.zone made; update if there is a key",
      }),
    ),
    key: Type.Optional(keyParam),
    server: Type.String({ default: "127.0.0.1", description: "the server that takes updates, as the host reaches it" }),
    server_port: Type.Integer({ minimum: 1, maximum: 65535, default: 53, description: "its TCP port" }),
    servers: Type.Array(Type.String(), {
      default: [],
      split: true,
      description: "addresses of others that must say the same",
    }),
    propagation_timeout: Type.Integer({ minimum: 1, default: 60, description: "for how many seconds they may take" }),
  },
  { additionalProperties: false },
);

type RecordTask = Static<typeof params>;

export const record = defineModule({
  name: "dns.record",
  summary: "All records of one name and type, told to a name server or written to a zone's file.",
  params,
  observe: askAboutRecord,
  plan(answers, task) {
    const [asked] = answers.asked;
    if (asked) return planUpdate(asked, task);
    const [[current], [long], [state]] = [answers.current, answers.long, answers.served];
    return current && long && state ? changeRecordInFile({ current, long, served: state }, task) : [];
  },
});

type Found = Answers<ReturnType<typeof askAboutRecord>>;

function askAboutRecord(task: RecordTask) {
  checkWords(task);
  const zone = zoneName(task.zone);
  const name = zone.slice(0, -1);
  const isUpdate = methodOf(task) === "update";
  const { server, server_port: port, servers: others } = task;
  return {
    asked: isUpdate ? [recordSet(`${ownerName(task.name, zone)} ${task.type}`, { server, port, others })] : [],
    current: isUpdate ? [] : [file(zoneFile(name))],
    long: isUpdate ? [] : [longFile(zoneFile(name))],
    served: isUpdate ? [] : [served(name)],
  };
}

function planUpdate(actual: Found["asked"][number], task: RecordTask): readonly Change[] {
  const { state } = actual;
  const before: Partial<RecordSetState> = isUnsettled(state) ? {} : state;
  demandAlone(actual.key, before, task);
  const zone = zoneName(task.zone);
  const ttl = task.ttl ?? before.ttl ?? 3600;
  const { key, propagation_timeout: seconds } = task;
  return recordSet.ensure(actual, {
    ...{ zone, ttl, seconds, values: wantedValues(task, before.values ?? [], ttl) },
    ...(key && { key: { ...key, name: keyName(key.name) } }),
  });
}

/** The whole set as it is to be. */
function wantedValues(task: RecordTask, before: readonly string[], ttl: number): readonly string[] {
  const { state, value, type, name } = task;
  const given = value === undefined ? [] : readRecords({ ...task, name, type, value }, zoneName(task.zone), ttl);
  const values = given.map(({ data }) => data);
  if (state === "present") return values;
  return value === undefined ? [] : before.filter((each) => !values.includes(each));
}

function demandAlone(key: string, { others = [] }: Partial<RecordSetState>, { type, state }: RecordTask): void {
  if (state === "absent" || others.length === 0) return;
  if (type !== "CNAME" && !others.includes("CNAME")) return;
  throw new StepError({
    code: "dns/conflict",
    message: `${key.split(" ")[0]} has ${others.join(", ")}: a CNAME stands alone`,
    hint: "take the other away first (state: absent)",
  });
}

function methodOf({ method, key }: RecordTask): "update" | "zone_file" {
  return method ?? (key ? "update" : "zone_file");
}

function checkWords(task: RecordTask): void {
  const { state, value, type, key, zone, name } = task;
  const method = methodOf(task);
  if (state === "present" && value === undefined)
    throw new InputError({ code: "dns/words", message: `${name} ${type} needs a value` });
  if (type === "CNAME" && Array.isArray(value) && value.length > 1)
    throw new InputError({ code: "dns/conflict", message: `${name} can have one CNAME, not ${value.length}` });
  if (type === "CNAME" && ownerName(name, zoneName(zone)) === zoneName(zone))
    throw new InputError({ code: "dns/conflict", message: `${zone} is the zone itself, and cannot be a CNAME` });
  if (key && method === "zone_file")
    throw new InputError({ code: "dns/words", message: "key is for method: update; a file is not signed" });
  // What is wrong with the values is said before anybody is asked.
  wantedValues(task, [], 0);
}

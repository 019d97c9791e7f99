import type { Change, HostPort, Observed, Query } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import type { RecordType } from "../records/resource-record.ts";
import type { Asked, Said } from "../wire/ask-server.ts";
import { askServer } from "../wire/ask-server.ts";
import { isUnreachable } from "../wire/exchange.ts";
import { dataFromWire, fullName } from "../wire/record-data.ts";
import type { TsigKey } from "../wire/tsig.ts";
import type { UpdateData } from "./update-executor.ts";

/** All records of one name and type, as name servers say them. */
export interface RecordSetState {
  readonly state: "absent" | "present";
  readonly ttl?: number;
  readonly values?: readonly string[];
  /** What else the name has, as far as it stands in the way of a CNAME, or is one. */
  readonly others?: readonly string[];
  /** Why it is not known: nobody answers there, or the server says nothing about the zone. */
  readonly problem?: string;
  /** Other servers that say something else. */
  readonly behind?: readonly string[];
}

/** Who is asked: the server that takes changes, and those that must follow. */
export interface RecordSetVia {
  readonly server: string;
  readonly port: number;
  readonly others: readonly string[];
}

export interface DesiredRecordSet {
  readonly zone: string;
  readonly values: readonly string[];
  readonly ttl: number;
  readonly seconds: number;
  readonly key?: TsigKey;
}

/** By name and type: `www.foobar.com. A`. */
export const recordSet = defineKind<RecordSetState, DesiredRecordSet>({
  name: "dns-record",
  ask: (queries, host) => askForSets(queries, host),
  ensure(actual, desired) {
    const after = stateOf(desired.values, desired.ttl);
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [updateSet(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["dns-zone", "dns-configuration", "unit"],
  unsettles: () => [{ kind: "dns-zone", isDoubt: true, because: "an update raises the serial" }],
  describe: ({ state, ttl, values = [], behind = [], problem }) => ({
    state,
    ...(values.length > 0 && { content: `${values.join("\n")}\n` }),
    ...(ttl !== undefined && state === "present" && { ttl: String(ttl) }),
    ...(behind.length > 0 && { "not so at": behind.join(", ") }),
    ...(problem !== undefined && { problem }),
  }),
});

export function stateOf(values: readonly string[], ttl: number): RecordSetState {
  if (values.length === 0) return { state: "absent" };
  return { state: "present", ttl, values: values.toSorted(), behind: [] };
}

function isAsPlanned(actual: RecordSetState, after: RecordSetState): boolean {
  const isSame = actual.state === after.state && String(actual.values ?? []) === String(after.values ?? []);
  const isTtl = after.state === "absent" || actual.ttl === after.ttl;
  return actual.problem === undefined && (actual.behind ?? []).length === 0 && isSame && isTtl;
}

function updateSet(
  { kind, key, via, state }: Observed<RecordSetState>,
  { zone, values, ttl, seconds, key: tsig }: DesiredRecordSet,
  after: RecordSetState,
): Change<RecordSetState> {
  const { server, port, others } = via as RecordSetVia;
  const [name = "", type = ""] = key.split(" ");
  const before: Partial<RecordSetState> = isUnsettled(state) ? {} : state;
  const where = { zone, server, port, others, seconds, ...(tsig && { key: tsig }) };
  const step = (from: readonly string[], to: readonly string[], kept: number) => {
    const data: UpdateData = { ...where, name, type: type as RecordType, before: from, after: to, ttl: kept };
    return { do: "dns.update" as const, data };
  };
  const was = before.values ?? [];
  return {
    ...{ kind, key, via, action: after.state === "absent" ? "remove" : "ensure", before: state, after },
    steps: [step(was, values, ttl)],
    undo:
      before.problem === undefined
        ? [{ do: "dns.update", data: { ...step(values, was, before.ttl ?? ttl).data, isUndo: true } }]
        : [],
    interrupts: "nothing",
  };
}

/** What else a name may have; asked where a CNAME is wanted. */
const besideAlias = ["A", "AAAA", "MX", "TXT", "NS", "SRV", "CAA", "PTR"] as const;

async function askForSets(
  queries: readonly Query<RecordSetState>[],
  host: HostPort,
): Promise<readonly RecordSetState[]> {
  const [{ via } = {}] = queries;
  const { server, port, others } = via as RecordSetVia;
  const [first, ...rest] = await Promise.all(
    [server, ...others].map(async (address) => ({ address, sets: await setsAt(queries, host, { address, port }) })),
  );
  return queries.map((_, index) => {
    const own = first?.sets[index] ?? { state: "absent" };
    const behind = rest.flatMap(({ address, sets }) => {
      const theirs = sets[index];
      return theirs && isAsPlanned({ ...theirs, behind: [] }, own) ? [] : [address];
    });
    return { ...own, behind };
  });
}

async function setsAt(
  queries: readonly Query<RecordSetState>[],
  host: HostPort,
  door: { readonly address: string; readonly port: number },
): Promise<readonly RecordSetState[]> {
  const asked = queries.map(({ key }): readonly Asked[] => {
    const [name = "", type = ""] = key.split(" ");
    const types = type === "CNAME" ? (["CNAME", ...besideAlias] as const) : [type as RecordType];
    return types.map((each) => ({ name, type: each }));
  });
  try {
    const said = [...(await askServer(host, door, asked.flat()))];
    return queries.map(({ key }, index) => readSet(key, said.splice(0, asked[index]?.length)));
  } catch (error) {
    if (!isUnreachable(error) || !(error instanceof Error)) throw error;
    return queries.map(() => ({ state: "absent", problem: error.message }));
  }
}

function readSet(key: string, said: readonly Said[]): RecordSetState {
  const [name, type] = key.split(" ");
  const odd = said.find(({ rcode, isAuthoritative }) => !["NOERROR", "NXDOMAIN"].includes(rcode) || !isAuthoritative);
  if (odd)
    return {
      state: "absent",
      problem: isKnown(odd.rcode) ? "the server does not answer for this zone itself" : `the server says ${odd.rcode}`,
    };
  const [own = [], ...beside] = said.map(({ answers }) => answers.filter((answer) => fullName(answer.name) === name));
  const ownType = own.filter((answer) => answer.type === type);
  const values = ownType.map((answer) => dataFromWire(answer) ?? "").toSorted();
  // Whatever is asked of an alias is answered with the alias, too.
  const foreign = [...own, ...beside.flat()].filter((answer) => answer.type !== type);
  const others = [...new Set(foreign.map((answer) => answer.type as string))];
  const { ttl } = (ownType[0] ?? {}) as { readonly ttl?: number };
  return {
    state: values.length > 0 ? "present" : "absent",
    ...(ttl !== undefined && { ttl, values }),
    ...(others.length > 0 && { others }),
  };
}

function isKnown(rcode: string): boolean {
  return rcode === "NOERROR" || rcode === "NXDOMAIN";
}

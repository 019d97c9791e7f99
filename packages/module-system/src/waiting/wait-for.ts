import { defineModule, InputError } from "@evenkeel/core";
import { undone, wait } from "@evenkeel/kinds";
import { Type } from "typebox";
import { pythonRegex } from "./python-regex.ts";
import type { WaitForData, WaitForOutcome } from "./wait-for-data.ts";

const states = ["started", "stopped", "drained", "present", "absent"] as const;
const connectionStates = ["ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "SYN_RECV", "SYN_SENT", "TIME_WAIT"] as const;

export const waitFor = defineModule({
  name: "wait_for",
  summary: "Waits until a port answers, or no more, until a file is there, or gone, or only for a time.",
  params: Type.Object(
    {
      host: Type.String({ default: "127.0.0.1", description: "where the port is, seen from the host" }),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, description: "a TCP port" })),
      path: Type.Optional(Type.String({ description: "a path on the host" })),
      search_regex: Type.Optional(
        Type.String({ description: "what the file, or what is heard from the port, must match" }),
      ),
      state: Type.Enum([...states], {
        default: "started",
        description: "started, present: it is there; stopped, absent: it is not; drained: no connections",
      }),
      timeout: Type.Integer({ default: 300, description: "for how many seconds at most" }),
      connect_timeout: Type.Integer({ default: 5, description: "how many seconds a port may take to answer" }),
      delay: Type.Integer({ default: 0, description: "how many seconds before the first look" }),
      sleep: Type.Integer({ default: 1, description: "how many seconds between two looks" }),
      exclude_hosts: Type.Optional(
        Type.Array(Type.String(), { split: true, description: "hosts whose connections do not count" }),
      ),
      active_connection_states: Type.Array(Type.Enum([...connectionStates]), {
        default: [...connectionStates],
        description: "which connections count",
      }),
      msg: Type.Optional(Type.String({ description: "what to say when it was in vain" })),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan(_answers, params) {
    checkWords(params);
    const data: WaitForData = {
      ...{ state: params.state, host: params.host, seconds: params.timeout },
      ...{ delaySeconds: params.delay, sleepSeconds: params.sleep, connectSeconds: params.connect_timeout },
      ...{ excludedHosts: params.exclude_hosts ?? [], connectionStates: params.active_connection_states },
      ...(params.port !== undefined && { port: params.port }),
      ...(params.path !== undefined && { path: params.path }),
      ...(params.search_regex !== undefined && { searchRegex: params.search_regex }),
    };
    return wait.ensure(undone("wait", whatFor(data)), {
      action: "check",
      steps: [{ do: "system.wait_for", data }],
      shows: { "at most": `${params.timeout} s` },
    });
  },
  result({ outputs: [output] }, params) {
    const { state, port = null, path = null, search_regex = null } = params;
    const { isTimedOut, elapsed, groups, named } = (output?.data ?? {}) as Partial<WaitForOutcome>;
    if (isTimedOut) return { failed: true, elapsed, msg: params.msg ?? inVain(params) };
    return { state, port, path, search_regex, elapsed, match_groups: groups, match_groupdict: named };
  },
  returns: Type.Object({
    elapsed: Type.Integer({ description: "for how many seconds it was waited" }),
    match_groups: Type.Array(Type.Union([Type.String(), Type.Null()]), {
      description: "what the regex's groups matched",
    }),
    match_groupdict: Type.Object({}, { additionalProperties: true, description: "the same by their names" }),
    state: Type.String({ description: "what was waited for" }),
    port: Type.Union([Type.Integer(), Type.Null()], { description: "the port" }),
    path: Type.Union([Type.String(), Type.Null()], { description: "the path" }),
    search_regex: Type.Union([Type.String(), Type.Null()], { description: "the regex" }),
    msg: Type.Optional(Type.String({ description: "why it was in vain" })),
  }),
});

interface Words {
  readonly port?: number;
  readonly path?: string;
  readonly host: string;
  readonly state: (typeof states)[number];
  readonly search_regex?: string;
  readonly exclude_hosts?: readonly string[];
}

/** What does not go together, as Ansible says it. */
function checkWords({ port, path, state, search_regex, exclude_hosts }: Words): void {
  const wrong = (message: string) => new InputError({ code: "wait_for/words", message });
  if (port !== undefined && path !== undefined)
    throw wrong("port and path parameter can not both be passed to wait_for");
  if (path !== undefined && (state === "stopped" || state === "drained"))
    throw wrong(`state=${state} should only be used for checking a port in the wait_for module`);
  if (exclude_hosts !== undefined && state !== "drained")
    throw wrong("exclude_hosts should only be with state=drained");
  if (state === "drained" && port === undefined) throw wrong("state=drained needs a port");
  if (search_regex !== undefined) pythonRegex(search_regex);
}

const wanted = { started: "open", stopped: "closed", drained: "drained", present: "there", absent: "gone" } as const;

function whatFor({ path, port, host, state, searchRegex, seconds }: WaitForData): string {
  const said = searchRegex === undefined ? "" : `, saying ${searchRegex}`;
  if (path !== undefined) return `${path} to be ${state === "absent" ? "gone" : "there"}${said}`;
  if (port === undefined) return `${seconds} s`;
  const isThere = state === "present" ? "open" : state === "absent" ? "closed" : wanted[state];
  return `${host}:${port} to be ${isThere}${said}`;
}

function inVain({ port, path, host, state, search_regex: regex }: Words): string {
  const place = path ?? `${host}:${port}`;
  if (state === "drained") return `Timeout when waiting for ${place} to drain`;
  if (state === "absent" || state === "stopped")
    return `Timeout when waiting for ${place} to ${path === undefined ? "stop" : "be absent"}.`;
  if (regex !== undefined) return `Timeout when waiting for search string ${regex} in ${place}`;
  return `Timeout when waiting for ${path === undefined ? place : `file ${place}`}`;
}

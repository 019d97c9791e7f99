import { validateArgumentSpec } from "../../src/arguments/validate-argument-spec.ts";
import { addHost } from "../../src/control/add-host.ts";
import { assert } from "../../src/control/assert.ts";
import { asyncStatus } from "../../src/control/async-status.ts";
import { debug } from "../../src/control/debug.ts";
import { fail } from "../../src/control/fail.ts";
import { groupBy } from "../../src/control/group-by.ts";
import { includeVars } from "../../src/control/include-vars.ts";
import { ping } from "../../src/control/ping.ts";
import { setFact } from "../../src/control/set-fact.ts";
import { setStats } from "../../src/control/set-stats.ts";
import { uri } from "../../src/http/uri.ts";
import { pause } from "../../src/waiting/pause.ts";
import { waitFor } from "../../src/waiting/wait-for.ts";
import { waitForConnection } from "../../src/waiting/wait-for-connection.ts";
import type { ModuleExample } from "./module-example.ts";

/** What steers a run, and what waits. */
export const controlExamples: readonly ModuleExample[] = [
  { module: addHost, name: "a host", params: { name: "web-9", groups: ["web"], port: 22 } },
  { module: assert, name: "what is true", params: { that: [{ source: "1 == 1", value: true }] } },
  {
    module: asyncStatus,
    name: "what nobody knows",
    params: { jid: "none" },
    isForNoHost: true,
    states: [{ state: "absent" }],
  },
  { module: debug, name: "a message", params: { msg: "hello" } },
  { module: fail, name: "always", params: { msg: "no" }, isForNoHost: true },
  { module: groupBy, name: "a group", params: { key: "os_debian" } },
  { module: includeVars, name: "a file", params: { file: { files: ["vars/one.yml"], values: { one: 1 } } } },
  { module: pause, name: "a while", params: { seconds: 0 }, isForNoHost: true },
  { module: ping, name: "pong", params: {} },
  { module: setFact, name: "a variable", params: { port: 80 } },
  { module: setStats, name: "a figure", params: { data: { deployed: 1 } } },
  { module: uri, name: "a look", params: { url: "http://127.0.0.1:8080/page", return_content: true } },
  {
    module: validateArgumentSpec,
    name: "as wanted",
    params: { argument_spec: { port: { type: "int", required: true } }, provided_arguments: { port: 80 } },
  },
  { module: waitFor, name: "a port", params: { port: 8080, timeout: 10 } },
  { module: waitForConnection, name: "at once", params: { timeout: 10 }, isForNoHost: true },
];

import { defineModule, InputError } from "@evenkeel/core";
import type { NginxText } from "@evenkeel/kinds";
import { nginxFile } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { abilitiesOf, observeNginx, planNginx } from "./needs.ts";
import { patterns } from "./patterns.ts";
import { block, directive, lines } from "./words.ts";

const upstreamParams = Type.Object(
  {
    name: Type.String({ pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$", description: "what sites call it by" }),
    state: Type.Enum(["present", "absent"], { type: "string", default: "present", description: "whether it is there" }),
    servers: Type.Array(
      Type.Object(
        {
          address: Type.String({
            pattern: patterns.address,
            description: "`10.0.0.5:8080`, `unix:/run/shop.sock`; a name is looked up once, when nginx reads it",
          }),
          weight: Type.Optional(
            Type.Integer({ minimum: 1, description: "its share of the requests; 1 when not given" }),
          ),
          backup: Type.Optional(Type.Boolean({ description: "only while no other is there" })),
          down: Type.Optional(Type.Boolean({ description: "gets no requests" })),
          max_connections: Type.Optional(Type.Integer({ minimum: 1, description: "to it at once, of one worker" })),
          max_fails: Type.Optional(
            Type.Integer({
              minimum: 0,
              description: "failures within fail_timeout until it is left alone; 1 when not given",
            }),
          ),
          fail_timeout: Type.Optional(
            Type.String({
              pattern: patterns.time,
              description: "for how long it is then left alone; 10s when not given",
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { default: [], description: "where requests go" },
    ),
    balance: Type.Enum(["round-robin", "least-connections", "address", "random"], {
      type: "string",
      default: "round-robin",
      description: "who gets the next request; `address`: visitors of one network stay with one server",
    }),
    keepalive: Type.Integer({
      minimum: 0,
      default: 32,
      description: "idle connections that each worker keeps; 0: a new one for each request",
    }),
    keepalive_timeout: Type.String({
      pattern: patterns.time,
      default: "30s",
      description: "for how long; shorter than the servers keep theirs, or requests are lost",
    }),
  },
  { additionalProperties: false },
);

/** A group of servers that sites pass requests to. */
export const upstream = defineModule({
  name: "nginx.upstream",
  summary: "A group of servers that nginx.site passes requests to.",
  params: upstreamParams,
  observe({ name, state, servers }) {
    if (state === "present" && servers.length === 0)
      throw new InputError({
        code: "nginx/params",
        message: `nginx.upstream ${name}: servers is empty`,
        hint: "or state: absent",
      });
    return { ...observeNginx(), current: nginxFile(`/etc/nginx/conf.d/00-upstream-${name}.conf`) };
  },
  plan({ current, ...answers }, params) {
    if (params.state === "absent") return nginxFile.ensure(current, { type: "absent" });
    const content = renderUpstream(params);
    return [
      ...planNginx(answers),
      ...nginxFile.ensure(current, { type: "file", content, mode: "0644", host: abilitiesOf(answers) }),
    ];
  },
});

type UpstreamParams = Static<typeof upstreamParams>;

const balancing = {
  "round-robin": [],
  "least-connections": ["least_conn;"],
  address: ["ip_hash;"],
  random: ["random two least_conn;"],
};

function renderUpstream({ name, servers, balance, keepalive, keepalive_timeout }: UpstreamParams): NginxText {
  return [
    { text: `# Written by Evenkeel: nginx.upstream ${name}. What is changed here by hand is lost.` },
    ...block(`upstream ${name}`, [
      ...lines("balance", ...balancing[balance]),
      ...(servers.length === 1 ? [] : [{ text: `zone ${name} 256k;` }]),
      ...servers.flatMap((server, index) => lines(`servers[${index}]`, renderServer(server))),
      ...(keepalive > 0
        ? lines("keepalive", `keepalive ${keepalive};`, directive("keepalive_timeout", keepalive_timeout))
        : // From then on connections are kept unless somebody says otherwise.
          [{ text: "keepalive 0;", from: "keepalive", when: { since: "1.29.7" } }]),
    ]),
  ];
}

function renderServer(server: UpstreamParams["servers"][number]): string {
  const { address, weight, backup, down, max_connections: most, max_fails: fails, fail_timeout: pause } = server;
  return directive(
    "server",
    address,
    ...(weight === undefined ? [] : [`weight=${weight}`]),
    ...(most === undefined ? [] : [`max_conns=${most}`]),
    ...(fails === undefined ? [] : [`max_fails=${fails}`]),
    ...(pause === undefined ? [] : [`fail_timeout=${pause}`]),
    ...(backup ? ["backup"] : []),
    ...(down ? ["down"] : []),
  );
}

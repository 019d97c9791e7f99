import { hash } from "node:crypto";
import { moduleLaws } from "@evenkeel/conformance";
import type { AnyModule, Change } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { kinds } from "@evenkeel/kinds";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import { ownFile } from "./own-file.ts";
import { site } from "./site.ts";
import { upstream } from "./upstream.ts";

const server = {
  ...{ state: "present", version: "1.26.3", openssl: "3.5.4", hasIpv6: true },
  ...{ hasStockSite: false, readsModulesEnabled: true, saysShutdownTimeout: true },
} as const;
const absent = { type: "absent", owner: "root", uid: 0 } as const;

/** Answers in the order in which they are asked. */
function plan(module: AnyModule, params: object, said: Readonly<Record<string, unknown>> = {}): readonly Change[] {
  const whole = Value.Default(module.params, structuredClone(params)) as Record<string, unknown>;
  const standing: Record<string, unknown> = {
    server,
    nginx: { state: "installed" },
    dropInFolder: { type: "directory", mode: "0755", owner: "root", group: "root" },
  };
  const asked = module.observe(whole) as Record<
    string,
    { kind: string; key: string } | { kind: string; key: string }[]
  >;
  const answers = Object.fromEntries(
    Object.entries(asked).map(([name, query]) => {
      const state = said[name] ?? standing[name] ?? absent;
      return [name, Array.isArray(query) ? query.map((each) => ({ ...each, state })) : { ...query, state }];
    }),
  );
  return module.plan(answers as never, whole as never);
}

const shop = { name: "shop", server_names: ["shop.example"], root: "/srv/shop" };
const actions = (changes: readonly Change[]) => changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
const file = "ensure nginx_file /etc/nginx/conf.d/shop.conf";
const dropIn = "ensure file /etc/systemd/system/nginx.service.d/evenkeel.conf";

describe("nginx.site", () => {
  const made = plan(site, shop).at(-1)?.after as object;
  const rows = [
    { name: "absent", said: {}, changes: [dropIn, file] },
    { name: "converged", said: { current: { ...made, type: "file" } }, changes: [dropIn] },
    { name: "drifted", said: { current: { ...made, sha256: "0" } }, changes: [dropIn, file] },
    { name: "unsettled", said: { current: unsettled("a task brings it") }, changes: [dropIn, file] },
    {
      name: "on a blank host",
      said: {
        server: { state: "absent", hasIpv6: true },
        nginx: { state: "absent", candidate: "1.26.3-3" },
        dropInFolder: absent,
      },
      changes: [
        "ensure package nginx",
        "ensure file /etc/systemd/system/nginx.service.d",
        dropIn,
        "remove nginx_file /etc/nginx/sites-enabled/default",
        "ensure nginx_file /etc/nginx/modules-enabled/90-evenkeel.conf",
        file,
      ],
    },
    {
      name: "beside Debian's first site",
      said: {
        server: { ...server, hasStockSite: true },
        stockSite: { type: "link", target: "/etc/nginx/sites-available/default" },
      },
      changes: [dropIn, "remove nginx_file /etc/nginx/sites-enabled/default", file],
    },
    {
      name: "where nobody says how long old workers may stay, and there is one file only",
      said: {
        server: { ...server, saysShutdownTimeout: false, readsModulesEnabled: false },
        conf: { type: "file", mode: "0644", text: "events {}\n", sha256: "1" },
      },
      changes: [dropIn, "ensure nginx_file /etc/nginx/nginx.conf", file],
    },
  ];

  test.each(rows)("$name", ({ said, changes }) => {
    expect(actions(plan(site, shop, said))).toEqual(changes);
  });

  test("what is to go, goes", () => {
    const there = { type: "file", mode: "0644" };
    expect(
      actions(
        plan(site, { name: "shop", state: "absent" }, { current: there, given: there, made: there, madeFor: there }),
      ),
    ).toEqual([
      "remove nginx_file /etc/nginx/conf.d/shop.conf",
      "remove nginx_file /etc/nginx/evenkeel/shop.pem",
      "remove nginx_file /etc/nginx/evenkeel/shop.self-signed.pem",
      "remove nginx_file /etc/nginx/evenkeel/shop.self-signed.names",
    ]);
  });

  test("a certificate and its key are one file, and come before the site", () => {
    const tls = { certificate: "CERT\n", key: new Secret("KEY\n") };
    const whole = plan(site, { ...shop, tls: { certificate: "CERT\n", key: "KEY\n" } });
    expect(actions(whole)).toEqual([dropIn, "ensure nginx_file /etc/nginx/evenkeel/shop.pem", file]);
    expect(JSON.stringify(whole)).not.toContain("KEY");
    expect(JSON.stringify(tls)).not.toContain("KEY");
  });

  const madeFor = (text: string) => ({ type: "file", mode: "0644", text, sha256: hash("sha256", text) });
  const pair = ["pem", "names"].map((end) => `ensure nginx_file /etc/nginx/evenkeel/shop.self-signed.${end}`);

  test("a certificate of its own brings openssl", () => {
    const changes = plan(site, { ...shop, tls: { self_signed: true } }, { openssl: { state: "absent" } });
    expect(actions(changes)).toEqual([dropIn, "ensure package openssl", ...pair, file]);
  });

  test.each([
    ["the same names", "shop.example\n", []],
    ["other names", "old.example\n", pair],
  ])("one that is there for %s", (_, names, changes) => {
    const said = { openssl: { state: "installed" }, made: { type: "file", mode: "0600" }, madeFor: madeFor(names) };
    expect(actions(plan(site, { ...shop, tls: { self_signed: true } }, said))).toEqual([dropIn, ...changes, file]);
  });

  test("a given one follows on one of its own, whose key goes when nobody needs it any more", () => {
    const said = { made: { type: "file", mode: "0600" }, madeFor: madeFor("shop.example\n") };
    const gone = pair.map((name) => name.replace("ensure", "remove"));
    expect(actions(plan(site, { ...shop, tls: { certificate: "CERT", key: "KEY" } }, said))).toEqual([
      ...[dropIn, "ensure nginx_file /etc/nginx/evenkeel/shop.pem", file],
      ...gone,
    ]);
    expect(actions(plan(site, shop, said))).toEqual([dropIn, file, ...gone]);
  });

  test.each([
    ["nothing to serve", { root: undefined }],
    ["no server_names", { server_names: [] }],
    ["both answer", { proxy: "127.0.0.1:1", status: 200 }],
    ["tls has no certificate", { tls: {} }],
    ["more than one certificate", { tls: { self_signed: true, certificate: "a", key: "b" } }],
    ["needs a certificate and its key", { tls: { certificate: "a" } }],
    ["path and alias", { locations: [{ path: "/static", alias: "/srv/static/" }] }],
    ["does not begin with /", { locations: [{ path: "static", root: "/srv" }] }],
    ["both root and alias", { locations: [{ path: "/a/", root: "/srv", alias: "/srv/" }] }],
    ["fallback is for files", { locations: [{ path: "/", status: 200, fallback: "/x" }] }],
  ])("a mistake is told: %s", (words, more) => {
    expect(() => plan(site, { ...shop, ...more })).toThrow(words);
  });
});

test("nginx.file and nginx.upstream", () => {
  expect(actions(plan(ownFile, { path: "conf.d/gzip.conf", content: "gzip on;\n" }))).toEqual([
    dropIn,
    "ensure nginx_file /etc/nginx/conf.d/gzip.conf",
  ]);
  const group = {
    name: "app",
    servers: [{ address: "10.0.0.1:80", weight: 2, backup: true }],
    balance: "least-connections",
  };
  const [, change] = plan(upstream, group);
  expect(change?.after).toMatchObject({
    text: expect.stringContaining("least_conn;\n    server 10.0.0.1:80 weight=2 backup;\n    keepalive 32;"),
  });
  expect(() => plan(ownFile, { path: "x.conf" })).toThrow("content is missing");
  expect(() => plan(upstream, { name: "app" })).toThrow("servers is empty");
});

const examples = [{ params: shop, name: "shop" }].map(({ params, name }) => ({
  name,
  params: Value.Default(site.params, structuredClone(params)) as Record<string, unknown>,
  states: [{ state: "absent", hasIpv6: true }, { state: "absent" }, absent],
}));
for (const { name, check } of moduleLaws(site, kinds, examples)) test(name, check);
const ownFiles = [
  {
    params: { path: "a.conf", content: "x", mode: "0644", state: "present" },
    states: [server, { state: "installed" }, absent],
  },
];
for (const { name, check } of moduleLaws(ownFile, kinds, ownFiles)) test(name, check);
const groups = [
  {
    params: Value.Default(upstream.params, { name: "a", servers: [{ address: "10.0.0.1" }] }) as Record<
      string,
      unknown
    >,
    states: [server, { state: "installed" }, absent],
  },
];
for (const { name, check } of moduleLaws(upstream, kinds, groups)) test(name, check);

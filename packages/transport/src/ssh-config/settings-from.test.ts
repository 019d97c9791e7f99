import { homedir, userInfo } from "node:os";
import { expect, test } from "vitest";
import type { Endpoint } from "../endpoint.ts";
import { readHop } from "./jump-chain.ts";
import { settingsFrom } from "./settings-from.ts";

const config = (values: Record<string, string[]>) => ({ values: new Map(Object.entries(values)), unclear: [] });
const settle = (endpoint: Partial<Endpoint>, values: Record<string, string[]> = {}) =>
  settingsFrom({ name: "web", ...endpoint }, config(values));

test("SSH's defaults", () => {
  expect(settle({})).toMatchObject({
    hostname: "web",
    port: 22,
    user: userInfo().username,
    trust: { kind: "strict" },
    userKnownHostsFiles: [`${homedir()}/.ssh/known_hosts`, `${homedir()}/.ssh/known_hosts2`],
    connectTimeoutMs: 30_000,
    proxyJump: [],
    beyondUs: [],
  });
  expect(settle({}).identityFiles.every(({ isNamed }) => !isNamed)).toBe(true);
});

test("the endpoint overrules ssh_config", () => {
  const values = { port: ["1"], user: ["a"], hostname: ["h"], proxyjump: ["b"], connecttimeout: ["5"] };
  expect(settle({}, values)).toMatchObject({
    port: 1,
    user: "a",
    hostname: "h",
    proxyJump: ["b"],
    connectTimeoutMs: 5000,
  });
  expect(settle({ port: 2, user: "b", proxyJump: "none" }, values)).toMatchObject({
    port: 2,
    user: "b",
    proxyJump: [],
  });
});

test.each([
  ["yes", "strict"],
  ["ask", "strict"],
  ["accept-new", "accept-new"],
  ["no", "accept-new"],
  ["off", "accept-new"],
])("StrictHostKeyChecking %s is %s: a changed key is never followed", (word, kind) => {
  expect(settle({}, { stricthostkeychecking: [word] }).trust.kind).toBe(kind);
});

test("a key named for a host puts the usual ones aside, not those of ssh_config", () => {
  const { identityFiles } = settle({ identityFiles: ["~/mine"] }, { identityfile: ["~/.ssh/id_rsa", "~/theirs"] });
  expect(identityFiles).toEqual([
    { path: `${homedir()}/mine`, isNamed: true, isRequired: true },
    { path: `${homedir()}/theirs`, isNamed: true, isRequired: false },
  ]);
});

test("tokens in names and paths", () => {
  const settings = settle({ port: 2222 }, { hostname: ["%h.example.org"], identityfile: ["~/.ssh/%n-%h-%p"] });
  expect(settings.hostname).toBe("web.example.org");
  expect(settings.identityFiles[0]?.path).toBe(`${homedir()}/.ssh/web-web.example.org-2222`);
  expect(() => settle({}, { identityfile: ["%C"] })).toThrow("%C in the path %C stands for nothing");
});

test("words that bind us and that we cannot follow are passed on", () => {
  expect(settle({}, { proxycommand: ["nc %h %p"], revokedhostkeys: ["none"] }).beyondUs).toEqual(["proxycommand"]);
});

test.each([
  ["bastion", { host: "bastion" }],
  ["me@bastion:2222", { user: "me", host: "bastion", port: 2222 }],
  ["me@[fe80::1]:22", { user: "me", host: "fe80::1", port: 22 }],
  ["fe80::1", { host: "fe80::1" }],
  ["ssh://me@bastion:22", { user: "me", host: "bastion", port: 22 }],
])("the hop %s", (hop, expected) => {
  expect(readHop({ name: "web" }, hop)).toEqual(expected);
});

test("a hop that is none", () => {
  expect(() => readHop({ name: "web" }, "a:b")).toThrow("no host to jump through");
});

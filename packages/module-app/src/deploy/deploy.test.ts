import { moduleLaws } from "@evenkeel/conformance";
import type { Change } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { kinds as hostKinds } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import { kinds } from "../index.ts";
import { serviceText } from "../instance/unit-text.ts";
import { deploy } from "./deploy.ts";
import { nameRelease, serviceOf } from "./release-plan.ts";
import { releasesToRemove } from "./releases-to-remove.ts";

const params = {
  ...{ name: "shop", src: "/src/shop", exclude: [], version: "HEAD", command: "perl serve.pl", build: [], shared: [] },
  ...{ environment: {}, secrets: {}, web_group: "www-data", writable: [], unit: {}, migration_resumes: false },
  ...{ health_seconds: 60, health_checks: 3, drain_seconds: 30, stop_seconds: 45, keep: 2 },
};
const digest = "0123456789abcdef";
const id = nameRelease(digest, params, {});
const old = "1111111111-111111";
const account = {
  ...{ state: "present", home: "/srv/shop/cache", shell: "/usr/sbin/nologin", hasHome: true, group: "shop" },
} as const;

interface Host {
  readonly account?: object;
  readonly releases?: object;
  readonly migrations?: object;
  readonly instances?: object;
  readonly traffic?: object;
  readonly source?: object;
}

function planFor(host: Host, more: object = {}): readonly Change[] {
  const at = (kind: string, key: string, state: unknown) => ({ kind, key, state });
  const answers = {
    account: at("user", "shop", host.account ?? account),
    folders: [],
    source: [at("app-source", "/src/shop", host.source ?? { digest })],
    checkout: [],
    releases: at("release", "shop", host.releases ?? {}),
    migrations: at("app-migration", "shop", host.migrations ?? {}),
    instances: at("instance", "shop", host.instances ?? {}),
    traffic: at("traffic", "shop", host.traffic ?? {}),
  };
  return deploy.plan(answers as never, { ...params, ...more } as never);
}
const built = { state: "built", builtAt: 5 } as const;
const running = { runs: "yes" } as const;
const [started] = planFor({}).filter(({ kind }) => kind === "instance");
const ours = Object.values(started?.after ?? {})[0] as object;

test.each([
  {
    name: "absent",
    host: { account: { state: "absent" } },
    changes: ["user", "release", "instance", "traffic"],
  },
  {
    name: "converged",
    host: { releases: { [id]: built }, instances: { [id]: ours }, traffic: { release: id, hasDoor: true } },
    changes: [],
  },
  {
    name: "another release serves",
    host: { releases: { [old]: built }, instances: { [old]: running }, traffic: { release: old, hasDoor: true } },
    changes: ["release", "instance", "traffic", "instance"],
  },
  {
    name: "killed before it was found able to serve",
    host: {
      releases: { [old]: built, [id]: built },
      instances: { [old]: running, [id]: { ...ours, runs: "half" } },
      traffic: { release: old, hasDoor: true },
    },
    changes: ["instance", "traffic", "instance"],
  },
  {
    name: "killed after the switch",
    host: {
      releases: { [old]: built, [id]: built },
      instances: { [old]: running, [id]: ours },
      traffic: { release: id, hasDoor: true },
    },
    changes: ["instance"],
  },
  {
    name: "drifted: it was stopped by hand",
    host: {
      releases: { [id]: built },
      instances: { [id]: { ...ours, runs: "no" } },
      traffic: { release: id, hasDoor: true },
    },
    changes: ["instance"],
  },
  {
    name: "drifted: the door is gone",
    host: { releases: { [id]: built }, instances: { [id]: ours }, traffic: { release: id, hasDoor: false } },
    changes: ["traffic"],
  },
  {
    name: "unsettled",
    host: Object.fromEntries(
      ["account", "releases", "instances", "traffic", "migrations"].map((name) => [name, unsettled("a test")]),
    ),
    changes: ["user", "release", "instance", "traffic"],
  },
])("$name", ({ host, changes }) => {
  expect(planFor(host as Host).map(({ kind }) => kind)).toEqual(changes);
});

test("in order: built, migrated, able to serve, switched; and only then the old one ends", () => {
  const host = { releases: { [old]: built }, instances: { [old]: running }, traffic: { release: old, hasDoor: true } };
  const migrated = nameRelease(digest, { ...params, migrate: "./migrate" }, {});
  expect(planFor(host, { migrate: "./migrate" }).map(({ kind, after }) => [kind, after])).toMatchObject([
    ["release", { [migrated]: { state: "built" } }],
    ["app-migration", { [migrated]: "done" }],
    ["instance", { [migrated]: { runs: "yes" } }],
    ["traffic", { release: migrated, hasDoor: true }],
    ["instance", { [old]: { runs: "no" } }],
  ]);
});

test("a migration that was done is not planned again", () => {
  const migrated = nameRelease(digest, { ...params, migrate: "./migrate" }, {});
  const kindsWhen = (state: string) =>
    planFor({ migrations: { [migrated]: state } }, { migrate: "./migrate" }).map(({ kind }) => kind);
  expect(kindsWhen("done")).not.toContain("app-migration");
  for (const state of ["running", "failed"]) expect(kindsWhen(state)).toContain("app-migration");
});

describe("a release's name", () => {
  const name = (more: object, releases = {}) => nameRelease(digest, { ...params, ...more }, releases);

  test("is the same for the same, and another for whatever changes how it runs", () => {
    expect(name({})).toBe(id);
    const others = [{ environment: { A: "1" } }, { build: ["make"] }, { memory_max: "1G" }, { secrets: { A: "x" } }];
    expect(new Set([id, ...others.map((each) => name(each))]).size).toBe(5);
    expect(name({ keep: 9, health: "/up", drain_seconds: 1 })).toBe(id);
  });

  test("does not tell of a secret, and another secret is another edition", () => {
    const [first, second] = [name({ secrets: { A: new Secret("one") } }), name({ secrets: { A: new Secret("two") } })];
    expect(first).toBe(second);
    const sum = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"; // of "one"
    const there = { [first]: { ...built, secrets: { A: sum } } };
    expect(name({ secrets: { A: new Secret("one") } }, there)).toBe(first);
    expect(name({ secrets: { A: new Secret("two") } }, there)).toBe(`${first}.2`);
  });
});

describe("releases to remove", () => {
  const at = (builtAt: number) => ({ state: "built", builtAt }) as const;
  const there = { a: at(1), b: at(2), c: at(3), d: at(4), p: { state: "partial" } } as const;
  test.each([
    { name: "before a deploy", keeping: { id: "new", serving: "d", keep: 2 }, gone: ["a", "b", "p"] },
    { name: "with nothing to do", keeping: { id: "d", serving: "d", keep: 2 }, gone: ["a", "p"] },
    {
      name: "what serves is never one of them",
      keeping: { id: "new", serving: "a", keep: 1 },
      gone: ["b", "c", "d", "p"],
    },
    { name: "what was begun is gone on with", keeping: { id: "p", serving: "d", keep: 9 }, gone: [] },
  ])("$name", ({ keeping, gone }) => {
    expect(releasesToRemove(there, keeping)).toEqual(gone);
  });
});

test.each([
  ["no source", { src: undefined }],
  ["two sources", { git: "https://x/y" }],
  ["no way to run it", { command: undefined }],
  ["two ways", { runtime: "node", start: "server.js" }],
  ["a runtime and nothing to start", { runtime: "python", command: undefined }],
  ["a name that would be another path", { name: "../x" }],
  ["a shared path that leads out", { shared: ["../etc/"] }],
  ["a variable that is none", { environment: { "A B": "x" } }],
  ["a secret where everybody reads it", { environment: { TOKEN: new Secret("s") } }],
  ["a secret in a command", { command: new Secret("perl serve.pl --token s") }],
  ["a secret in a build", { build: ["make", new Secret("make TOKEN=s")] }],
  ["a value with a line feed", { environment: { A: "x\nExecStart=/bin/false" } }],
])("refused: %s", (_, more) => {
  const all = { ...params, ...more } as never;
  expect(() => deploy.observe(all)).toThrow(expect.objectContaining({ name: "InputError" }));
});

test("a unit says what it was given, whatever is in it", () => {
  const environment = { GREETING: 'a "b" \\ %d $HOME' };
  const text = serviceText(serviceOf({ ...params, environment, secrets: { TOKEN: "canary" } }), id);
  expect(text).toContain('Environment="GREETING=a \\"b\\" \\\\ %%d $HOME"');
  expect(text).toContain('ExecStart=/bin/sh -c "exec perl serve.pl"');
  expect(text).toContain(`LoadCredential=TOKEN:/srv/shop/secrets/${id}/TOKEN\nEnvironment="TOKEN_FILE=%d/TOKEN"`);
  expect(text).not.toContain("canary");
});

const states = [{ state: "absent" }, { digest }, {}, {}, {}, {}];
const examples = [
  { name: "plain", params, states },
  { name: "with secrets and a migration", params: { ...params, secrets: { A: "b" }, migrate: "./migrate" }, states },
];
for (const { name, check } of moduleLaws(deploy, [...hostKinds, ...kinds], examples)) test(name, check);

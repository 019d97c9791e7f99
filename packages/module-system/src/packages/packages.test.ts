import type { AnyModule, Change, Observed } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import type { PackageState } from "@evenkeel/kinds";
import { expect, test } from "vitest";
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { debconf } from "./debconf.ts";
import { dnf } from "./dnf.ts";
import { dpkgSelections } from "./dpkg-selections.ts";
import { packageModule } from "./package.ts";

/** A module's defaults, as the language sets them. */
function defaults(module: AnyModule) {
  const properties = Object.entries(module.params.properties as Record<string, { readonly default?: unknown }>);
  return Object.fromEntries(
    properties.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
}

const actions = (changes: readonly Change[]) => changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
const words = (changes: readonly Change[]) =>
  changes
    .flatMap(({ steps }) => steps)
    .map((step) =>
      step.do === "run"
        ? step.argv
            .slice(4)
            .join(" ")
            .replaceAll(/-o Dpkg::Options::=\S+ ?/g, "")
        : step.do,
    );
const at = (key: string, state: Observed<PackageState>["state"]) => ({ kind: "package", key, state });
const installed = {
  state: "installed",
  manager: "apt",
  version: "1.2",
  candidate: "1.4",
  versions: ["1.4", "1.2"],
} as const;
const absent = { state: "absent", manager: "apt", candidate: "1.4", versions: ["1.4"] } as const;
const old = {
  kind: "package-lists",
  key: "apt",
  state: { state: "present", manager: "apt", updatedAt: 1, ageSeconds: 9999 } as const,
};

const plan = (params: object, answers: object) =>
  apt.plan(
    { lists: [], wanted: [], debs: [], runs: [], ...answers } as never,
    { ...defaults(apt), ...params } as never,
  );

test.each([
  {
    name: "absent",
    params: { name: ["nginx"] },
    answers: { wanted: [at("nginx", absent)] },
    changes: ["ensure package nginx"],
  },
  { name: "present", params: { name: ["nginx"] }, answers: { wanted: [at("nginx", installed)] }, changes: [] },
  {
    name: "present, and lists would be old",
    params: { name: ["nginx"], update_cache: true },
    answers: { lists: [old], wanted: [at("nginx", installed)] },
    changes: [],
  },
  {
    name: "absent, and lists are old",
    params: { name: ["nginx"], update_cache: true },
    answers: { lists: [old], wanted: [at("nginx", absent)] },
    changes: ["run package-lists apt", "ensure package nginx"],
  },
  {
    name: "the newest, and lists are old",
    params: { name: ["nginx"], state: "latest", update_cache: true },
    answers: { lists: [old], wanted: [at("nginx", { ...installed, candidate: "1.2" })] },
    changes: ["run package-lists apt", "ensure package nginx"],
  },
  {
    name: "drifted from the newest",
    params: { name: ["nginx"], state: "latest" },
    answers: { wanted: [at("nginx", installed)] },
    changes: ["ensure package nginx"],
  },
  {
    name: "unsettled",
    params: { name: ["nginx"] },
    answers: { wanted: [at("nginx", unsettled("x"))] },
    changes: ["ensure package nginx"],
  },
  {
    name: "lists alone",
    params: { update_cache: true, cache_valid_time: 60 },
    answers: { lists: [old] },
    changes: ["run package-lists apt"],
  },
  {
    name: "lists alone, young enough",
    params: { update_cache: true, cache_valid_time: 10_000 },
    answers: { lists: [old] },
    changes: [],
  },
  {
    name: "to be absent",
    params: { name: ["nginx"], state: "absent" },
    answers: { wanted: [at("nginx", installed)] },
    changes: ["remove package nginx"],
  },
])("apt: $name", ({ params, answers, changes }) => expect(actions(plan(params, answers))).toEqual(changes));

const observed = (params: object) => apt.observe({ ...defaults(apt), ...params } as never);

test("what is asked depends on what is wanted", () => {
  expect(observed({ name: ["nginx", "curl=8.*"] }).wanted).toEqual([
    { kind: "package", key: "nginx" },
    { kind: "package", key: "curl", via: { wish: { relation: "=", version: "8.*" } } },
  ]);
  expect(observed({ name: ["nginx"], state: "latest", default_release: "sid" }).wanted).toEqual([
    { kind: "package", key: "nginx", via: { asksLists: true, release: "sid" } },
  ]);
  expect(observed({ name: ["*"], state: "latest", autoremove: true }).runs).toEqual([
    { kind: "packages", key: "upgrade" },
    { kind: "packages", key: "autoremove" },
  ]);
  expect(observed({ name: ["nginx", "curl"], state: "build-dep" }).runs).toEqual([
    { kind: "packages", key: "build-dep nginx curl" },
  ]);
  expect(observed({ upgrade: true }).runs).toEqual([{ kind: "packages", key: "upgrade" }]);
  expect(observed({ upgrade: false, name: ["x"] }).runs).toEqual([]);
  expect(observed({ deb: "/a.deb, http://b/c.deb" }).debs.map(({ key }) => key)).toEqual(["/a.deb", "http://b/c.deb"]);
  expect(observed({ name: ["x"], cache_valid_time: 60 }).lists).toHaveLength(1);
});

test("every option becomes apt's word", () => {
  const params = {
    name: ["nginx"],
    install_recommends: false,
    default_release: "sid",
    purge: true,
    autoremove: true,
    fail_on_autoremove: true,
    allow_downgrade: true,
    allow_change_held_packages: true,
    allow_unauthenticated: true,
    only_upgrade: true,
  };
  expect(words(plan({ ...params, state: "latest" }, { wanted: [at("nginx", installed)] }))).toEqual([
    "install -t sid -o APT::Install-Recommends=no --only-upgrade --purge --no-remove --auto-remove --allow-unauthenticated --allow-downgrades --allow-change-held-packages -- nginx=1.4",
  ]);
});

const output = (stdout: string) => ({ stdout, stderr: "", code: 0, startedAt: "", endedAt: "" });
const lists = (updatedAt: number) => ({
  lists: [{ ...old, state: { ...old.state, updatedAt } }],
  wanted: [],
  debs: [],
  runs: [],
});

test("results have Ansible's fields", () => {
  const changes = plan({ name: ["nginx"], update_cache: true }, { lists: [old], wanted: [at("nginx", absent)] });
  const made = {
    before: lists(1),
    after: lists(2),
    changes,
    outputs: [output("Get:1\n"), output("Setting up nginx\n0 upgraded, 1 newly installed, 0 to remove\n")],
  };
  expect(apt.result?.(made as never, {} as never)).toMatchObject({
    changed: true,
    cache_updated: true,
    cache_update_time: 2,
    stdout_lines: ["Setting up nginx", "0 upgraded, 1 newly installed, 0 to remove"],
  });
  const same = {
    ...made,
    outputs: [output(""), output("0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n")],
  };
  expect(apt.result?.(same as never, {} as never)).toMatchObject({ changed: false });
  expect(apt.result?.({ before: lists(1), after: lists(1), changes: [], outputs: [] } as never, {} as never)).toEqual({
    cache_updated: false,
    cache_update_time: 1,
  });
});

test("a task that says nothing is a mistake", () => {
  expect(() => observed({})).toThrow(expect.objectContaining({ code: "params/one-of" }));
});

test.each([
  { name: "absent", state: absent, params: {}, changes: ["ensure package nginx"] },
  { name: "present", state: installed, params: { state: "installed" }, changes: [] },
  { name: "drifted", state: installed, params: { state: "latest" }, changes: ["ensure package nginx"] },
  { name: "unsettled", state: unsettled("x"), params: {}, changes: ["ensure package nginx"] },
  { name: "to be absent", state: installed, params: { state: "removed" }, changes: ["remove package nginx"] },
] as const)("package, dnf and apk: $name", ({ state, params, changes }) => {
  const wanted = [at("nginx", state)];
  const answers = { wanted, lists: [], runs: [], debs: [] };
  for (const module of [packageModule, dnf, apk] as readonly AnyModule[])
    expect(actions(module.plan(answers, { ...defaults(module), name: ["nginx"], ...params }))).toEqual(changes);
});

test("package hands on what the host's manager takes, and refuses what is another's", () => {
  const on = (manager: string, given: object, { name = ["nginx"], pending = [] as object[] } = {}) => {
    const params = { ...defaults(packageModule), name, ...given };
    const { wanted, runs, lists } = packageModule.observe(params as never);
    const answers = {
      wanted: wanted.map(({ key }) => at(key, { ...absent, manager } as never)),
      runs: runs.map((run) => ({ ...run, state: { manager, pending } })),
      lists: lists.map((each) => ({ ...each, state: { ...old.state, manager: each.key } })),
      debs: [],
    };
    return words(packageModule.plan(answers as never, params as never));
  };
  expect(on("apt", { allow_downgrade: true, update_cache: true, cache_valid_time: 3600 })).toEqual([
    "update --allow-downgrades",
    "install --allow-downgrades -- nginx",
  ]);
  expect(on("dnf", { enablerepo: ["epel"], update_cache: true })).toEqual([
    "update --enablerepo=epel",
    "install --enablerepo=epel -- nginx",
  ]);
  expect(on("apt", { state: "latest" }, { name: ["*"], pending: [{ name: "nginx", from: "1", to: "2" }] })).toEqual([
    "upgrade --with-new-pkgs",
  ]);
  expect(() => on("apt", { enablerepo: ["epel"] })).toThrow(expect.objectContaining({ code: "package/parameter" }));
});

test("dnf's and apk's own words", () => {
  const wanted = [at("nginx", { ...absent, manager: "dnf" })];
  expect(
    words(
      dnf.plan({ wanted, lists: [], runs: [] }, {
        ...defaults(dnf),
        name: ["nginx"],
        enablerepo: ["epel"],
        disable_gpg_check: true,
        install_weak_deps: false,
      } as never),
    ),
  ).toEqual(["install --enablerepo=epel --nogpgcheck --setopt=install_weak_deps=False -- nginx"]);
  const onAlpine = [at("nginx", { ...absent, manager: "apk" })];
  expect(
    words(
      apk.plan({ wanted: onAlpine, lists: [], runs: [] }, {
        ...defaults(apk),
        name: ["nginx"],
        repository: ["/x"],
        no_cache: true,
      } as never),
    ),
  ).toEqual(["install --repository /x --no-cache -- nginx"]);
});

const answer = (state: object) => ({
  answers: [{ kind: "debconf", key: "x/y", state: state as { readonly state: "absent" } }],
});
const debconfParams = { name: "x", question: "x/y", vtype: "boolean", value: true, unseen: false } as const;

test.each([
  { name: "absent", state: { state: "absent" }, changes: ["ensure debconf x/y"] },
  { name: "present", state: { state: "present", value: "true" }, changes: [] },
  { name: "drifted", state: { state: "present", value: "false" }, changes: ["ensure debconf x/y"] },
  { name: "unsettled", state: unsettled("x"), changes: ["ensure debconf x/y"] },
])("debconf: $name", ({ state, changes }) =>
  expect(actions(debconf.plan(answer(state), debconfParams))).toEqual(changes),
);

test("a password is one, whether or not the playbook says so", () => {
  const [change] = debconf.plan(answer({ state: "absent" }), { ...debconfParams, vtype: "password", value: "hunter2" });
  expect(change?.steps[0]).toMatchObject({ stdin: expect.any(Secret) });
  expect(() => debconf.observe({ ...debconfParams, vtype: "seen" })).toThrow(
    expect.objectContaining({ code: "module/params" }),
  );
});

test.each([
  { name: "to be held", state: { selection: "install" }, changes: ["ensure package-selection bc"] },
  { name: "held", state: { selection: "hold" }, changes: [] },
  { name: "unsettled", state: unsettled("x"), changes: ["ensure package-selection bc"] },
] as const)("dpkg_selections: $name", ({ state, changes }) => {
  expect(
    actions(
      dpkgSelections.plan(
        { current: { kind: "package-selection", key: "bc", state } },
        { name: "bc", selection: "hold" },
      ),
    ),
  ).toEqual(changes);
});

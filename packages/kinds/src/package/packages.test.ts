import { execFileSync } from "node:child_process";
import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { DebFileState } from "./deb-file.ts";
import { debFile } from "./deb-file.ts";
import type { PackageListsState } from "./package-lists.ts";
import { packageLists } from "./package-lists.ts";
import type { PackageSelectionState } from "./package-selection.ts";
import { packageSelection } from "./package-selection.ts";
import type { PackagesState } from "./packages.ts";
import { packages } from "./packages.ts";

const words = (steps: readonly unknown[] = []) =>
  steps.map((step) =>
    (step as { readonly argv: readonly string[] }).argv
      .slice(3)
      .filter((word) => !/^(-o|Dpkg::)/.test(word))
      .join(" "),
  );

/** As printed by `apt-get -s` on trixie. */
const simulated = `apt
== dist-upgrade
Inst nano [8.3-1] (8.4-1 Debian:13/stable [amd64])
Conf nano (8.4-1 Debian:13/stable [amd64])
Remv old-lib [1.0-1]
Inst new-lib (2.0-1 Debian:13/stable [amd64])
== autoremove
Remv bc [1.07.1-4]
== autoclean
Del bc 1.07.1-4 [103 kB]
== clean
`;
const keys = ["dist-upgrade", "autoremove", "autoclean", "clean"];
const states = packages.parse(Buffer.from(simulated), keys);

test("what a run over all packages would do is read from apt's simulation", () => {
  expect(states.get("dist-upgrade")).toEqual({
    manager: "apt",
    pending: [
      { name: "nano", from: "8.3-1", to: "8.4-1" },
      { name: "old-lib", from: "1.0-1" },
      { name: "new-lib", to: "2.0-1" },
    ],
  });
  expect(keys.map((key) => states.get(key)?.pending.length)).toEqual([3, 1, 1, 0]);
});

const run = (key: string, state: Observed<PackagesState>["state"] | undefined) =>
  packages.ensure({ kind: "packages", key, state: state ?? { pending: [] } }, { refusesRemovals: true });

test.each([
  {
    name: "an upgrade",
    key: "dist-upgrade",
    state: states.get("dist-upgrade"),
    step: "evenkeel-apt dist-upgrade --no-remove",
    action: "ensure",
    interrupts: "restart",
  },
  {
    name: "what is not needed",
    key: "autoremove",
    state: states.get("autoremove"),
    step: "evenkeel-apt autoremove --no-remove",
    action: "remove",
    interrupts: "nothing",
  },
  {
    name: "an upgrade that cannot be known yet",
    key: "upgrade",
    state: unsettled("the lists change"),
    step: "evenkeel-apt upgrade --no-remove --with-new-pkgs",
    action: "ensure",
    interrupts: "restart",
  },
])("$name", ({ key, state, step, action, interrupts }) => {
  const [change] = run(key, state);
  expect(words(change?.steps)).toEqual([step]);
  expect(change).toMatchObject({ action, interrupts, undo: [] });
});

test("nothing to do", () => expect(run("clean", states.get("clean"))).toEqual([]));

test.each(["rm -rf /", "build-dep $(x)", "dist-upgrade; x"])("%j is not done to packages", (key) => {
  expect(() => packages.read([key])).toThrow(expect.objectContaining({ code: "packages/verb" }));
});

const lists = (state: Observed<PackageListsState>["state"], validSeconds = 3600, key = "apt") =>
  packageLists.ensure({ kind: "package-lists", key, state }, { validSeconds, tries: 2, maxPauseSeconds: 3 });

test.each([
  { name: "young enough", state: { state: "present", manager: "apt", updatedAt: 1, ageSeconds: 60 }, changes: 0 },
  { name: "too old", state: { state: "present", manager: "apt", updatedAt: 1, ageSeconds: 7200 }, changes: 1 },
  { name: "none", state: { state: "absent", manager: "apt" }, changes: 1 },
  { name: "unsettled", state: unsettled("a source changes"), changes: 1 },
] as const)("lists: $name", ({ state, changes }) => expect(lists(state)).toHaveLength(changes));

test("fetching lists is an act, tried so often", () => {
  expect(lists({ state: "absent", manager: "dnf" }, 0, "dnf")[0]).toMatchObject({
    action: "run",
    steps: [
      {
        argv: ["sh", "-c", expect.stringContaining("makecache"), "evenkeel-dnf", "update"],
        environment: { EVENKEEL_TRIES: "2", EVENKEEL_PAUSE: "3" },
      },
    ],
  });
  expect(packageLists.parse(Buffer.from("1795255569 42\n"), ["apt"]).get("apt")).toEqual({
    state: "present",
    manager: "apt",
    updatedAt: 1795255569,
    ageSeconds: 42,
  });
  expect(packageLists.parse(Buffer.from("none\n"), ["apt"]).get("apt")).toEqual({ state: "absent", manager: "apt" });
});

const deb = (state: Observed<DebFileState>["state"]) => debFile.ensure({ kind: "deb", key: "/srv/bc.deb", state }, {});
const readable = { state: "readable", name: "bc", version: "1.2" } as const;

test.each([
  {
    name: "not installed",
    state: readable,
    steps: ["evenkeel-apt install -- /srv/bc.deb"],
    undo: ["evenkeel-apt remove -- bc"],
  },
  {
    name: "another version",
    state: { ...readable, installed: "1.1" },
    steps: ["evenkeel-apt install -- /srv/bc.deb"],
    undo: [],
  },
  { name: "installed", state: { ...readable, installed: "1.2" }, steps: [], undo: [] },
  { name: "unsettled", state: unsettled("a file comes"), steps: ["evenkeel-apt install -- /srv/bc.deb"], undo: [] },
])("a .deb: $name", ({ state, steps, undo }) => {
  const [change] = deb(state as Observed<DebFileState>["state"]);
  expect(words(change?.steps)).toEqual(steps);
  expect(words(change?.undo)).toEqual(undo);
});

test("a .deb is read line by line; what cannot be read says why", () => {
  const found = debFile.parse(Buffer.from("bc\t1.2\t1.1\t\n\t\t\tno such file\n"), ["a", "b"]);
  expect(found.get("a")).toEqual({ ...readable, installed: "1.1" });
  expect(() => deb(found.get("b") ?? readable)).toThrow(
    expect.objectContaining({ code: "package/deb", detail: "no such file" }),
  );
});

const selection = (state: Observed<PackageSelectionState>["state"]) =>
  packageSelection.ensure({ kind: "package-selection", key: "bc", state }, { selection: "hold" });

test.each([
  { name: "to be held", state: { selection: "install" }, changes: 1 },
  { name: "held", state: { selection: "hold" }, changes: 0 },
  { name: "unknown", state: { selection: "unknown" }, changes: 1 },
  { name: "unsettled", state: unsettled("it is installed"), changes: 1 },
] as const)("a selection: $name", ({ state, changes }) => expect(selection(state)).toHaveLength(changes));

test("a selection goes by stdin, and back", () => {
  expect(selection({ selection: "install" })[0]).toMatchObject({
    steps: [{ argv: ["dpkg", "--set-selections"], stdin: "bc hold\n" }],
    undo: [{ stdin: "bc install\n" }],
  });
  expect(packageSelection.parse(Buffer.from("bc amd64 hold\n"), ["bc", "bc:amd64", "x"])).toEqual(
    new Map([
      ["bc", { selection: "hold" }],
      ["bc:amd64", { selection: "hold" }],
      ["x", { selection: "unknown" }],
    ]),
  );
});

test("what is asked and done are scripts that a shell takes", () => {
  for (const script of [
    packages.read(keys, { release: "a b" }),
    packageLists.read(["apt"]),
    debFile.read(["http://x/y.deb", "/a b.deb"]),
    packageSelection.read(["bc"]),
  ])
    execFileSync("sh", ["-n", "-c", script]);
  for (const change of [
    ...run("upgrade", unsettled("x")),
    ...deb(readable),
    ...lists({ state: "absent", manager: "apk" }, 0, "apk"),
  ])
    for (const step of change.steps) execFileSync("sh", ["-n", "-c", step.do === "run" ? (step.argv[2] ?? "") : ""]);
});

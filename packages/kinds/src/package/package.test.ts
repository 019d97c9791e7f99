import { execFileSync } from "node:child_process";
import type { Observed, Step } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { DesiredPackage } from "./desired-package.ts";
import { ensurePackages, softwarePackage } from "./package.ts";
import type { PackageState } from "./package-state.ts";

const at = (key: string, state: Observed<PackageState>["state"]) => ({ kind: "package", key, state });
const installed = { state: "installed", manager: "apt", version: "1.2-1" } as const;
const offered = { ...installed, candidate: "1.4-1", versions: ["1.4-1", "1.3-1", "1.2-1"] } as const;
const absent = { state: "absent", manager: "apt", candidate: "1.4-1", versions: ["1.4-1", "1.3-1"] } as const;

/** What follows our script and its name, without dpkg's options. */
const words = (steps: readonly Step[] = []) =>
  steps.map((step) =>
    step.do === "run"
      ? step.argv
          .slice(4)
          .join(" ")
          .replaceAll(/-o Dpkg::Options::=\S+ /g, "")
      : step.do,
  );

interface Row {
  readonly name: string;
  readonly state: Observed<PackageState>["state"];
  readonly desired: DesiredPackage;
  readonly run?: string;
  readonly after?: PackageState;
  readonly interrupts?: string;
}

const rows: readonly Row[] = [
  {
    name: "absent, wanted",
    state: absent,
    desired: { state: "installed" },
    run: "install -- nginx",
    after: { state: "installed", version: "1.4-1" },
    interrupts: "nothing",
  },
  { name: "installed, wanted", state: installed, desired: { state: "installed" } },
  { name: "installed, although newer can be had", state: offered, desired: { state: "installed" } },
  {
    name: "installed, not wanted",
    state: installed,
    desired: { state: "absent" },
    run: "remove -- nginx",
    after: { state: "absent" },
    interrupts: "outage",
  },
  { name: "absent, not wanted", state: absent, desired: { state: "absent" } },
  {
    name: "absent, but its configuration",
    state: { ...absent, hasConfiguration: true },
    desired: { state: "absent", purges: true },
    run: "remove -- nginx",
    interrupts: "nothing",
  },
  { name: "its configuration may stay", state: { ...absent, hasConfiguration: true }, desired: { state: "absent" } },
  {
    name: "unsettled",
    state: unsettled("another brings it"),
    desired: { state: "installed" },
    run: "install -- nginx",
    after: { state: "installed" },
  },
  {
    name: "unsettled, not wanted",
    state: unsettled("another brings it"),
    desired: { state: "absent" },
    run: "remove -- nginx",
  },
  {
    name: "the newest",
    state: offered,
    desired: { state: "latest" },
    run: "install -- nginx=1.4-1",
    after: { state: "installed", version: "1.4-1" },
  },
  {
    name: "the newest of what runs",
    state: { ...offered, running: ["nginx.service"] },
    desired: { state: "latest" },
    run: "install -- nginx=1.4-1",
    interrupts: "restart",
  },
  { name: "the newest, which is there", state: { ...offered, version: "1.4-1" }, desired: { state: "latest" } },
  { name: "the newest, nobody knows it", state: installed, desired: { state: "latest" } },
  {
    name: "a version that is there",
    state: installed,
    desired: { state: "installed", wish: { relation: "=", version: "1.2*" } },
  },
  {
    name: "a version that can be had",
    state: offered,
    desired: { state: "installed", wish: { relation: "=", version: "1.3*" } },
    run: "install -- nginx=1.3-1",
    after: { state: "installed", version: "1.3-1" },
  },
  {
    name: "a version nobody has seen yet",
    state: { ...installed, candidate: "1.2-1", versions: ["1.2-1"] },
    desired: { state: "installed", wish: { relation: "=", version: "2.*" } },
    run: "install -- nginx=2.*",
    after: { state: "installed", wish: "2.*" },
  },
  {
    name: "at least a version",
    state: installed,
    desired: { state: "installed", wish: { relation: ">=", version: "1.1" } },
  },
  {
    name: "at least a newer version",
    state: offered,
    desired: { state: "installed", wish: { relation: ">=", version: "1.3" } },
    run: "install -- nginx=1.4-1",
  },
  { name: "only to be upgraded, and absent", state: absent, desired: { state: "latest", onlyUpgrades: true } },
  {
    name: "came as a dependency",
    state: { ...installed, isAutomatic: true },
    desired: { state: "installed" },
    run: "keep -- nginx",
    after: { state: "installed", version: "1.2-1", isAutomatic: false },
    interrupts: "nothing",
  },
  {
    name: "provided by another",
    state: { state: "installed", manager: "apt", provider: "exim4" },
    desired: { state: "latest" },
  },
  {
    name: "a pattern, partly there",
    state: { ...installed, missing: ["nginx-doc"] },
    desired: { state: "installed" },
    run: "install -- nginx",
  },
];

test.each(rows)("ensure: $name", ({ state, desired, run, after, interrupts }) => {
  const [change, ...more] = softwarePackage.ensure(at("nginx", state), desired);
  expect(more).toEqual([]);
  expect(words(change?.steps)).toEqual(run === undefined ? [] : [run]);
  if (after) expect(change?.after).toEqual(after);
  if (interrupts) expect(change?.interrupts).toBe(interrupts);
});

test("several packages are one run of the package manager, and one way back", () => {
  const wanted = [at("a", absent), at("b", installed), at("c", absent)].map((actual) => ({
    actual,
    desired: { state: "installed" } as const,
  }));
  const changes = ensurePackages(wanted, {
    installsRecommends: false,
    release: "trixie-backports",
    allowsDowngrades: true,
  });
  expect(changes.map(({ key }) => key)).toEqual(["a", "c"]);
  expect(words(changes.flatMap(({ steps }) => steps))).toEqual([
    "install -t trixie-backports -o APT::Install-Recommends=no --allow-downgrades -- a c",
  ]);
  expect(words(changes.flatMap(({ undo }) => undo))).toEqual(["remove -- a c"]);
});

test("dnf and apk are told in their own words", () => {
  const ensure = (manager: "dnf" | "apk") =>
    softwarePackage.ensure(at("nginx", { ...absent, manager }), {
      state: "installed",
      wish: { relation: "=", version: "1.3-1" },
    })[0]?.steps ?? [];
  expect(words(ensure("dnf"))).toEqual(["install -- nginx-1.3-1"]);
  expect(words(ensure("apk"))).toEqual(["install -- nginx=1.3-1"]);
});

test("the end of the play starts what installations brought, and what a run that was cut has left", () => {
  const finish = (state: DesiredPackage["state"], actual: PackageState) =>
    softwarePackage.finish?.(softwarePackage.ensure(at("a", actual), { state }));
  expect(finish("installed", absent)).toMatchObject([{ action: "run", interrupts: "nothing" }]);
  expect(finish("latest", { ...offered, running: ["a.service"] })).toMatchObject([
    { action: "run", interrupts: "restart" },
  ]);
  expect(finish("absent", installed)).toEqual([]);
  expect(softwarePackage.finish?.([])).toHaveLength(1);
});

test("an installation unsettles only what is not there yet; a removal leaves doubts", () => {
  const [came] = softwarePackage.ensure(at("nginx", absent), { state: "installed" });
  expect(came && softwarePackage.unsettles?.(came)).toContainEqual({
    kind: "unit",
    ifAbsent: true,
    because: "package nginx may bring it",
  });
  const [went] = softwarePackage.ensure(at("nginx", installed), { state: "absent" });
  expect(went && softwarePackage.unsettles?.(went)).toContainEqual({
    kind: "file",
    isDoubt: true,
    because: "package nginx may take it away",
    hardlyAt: ["~", "/root/", "/home/"],
  });
});

test.each(["-o", "a b", "nginx=1", "x;y", "$(x)", ""])("%j is no package's name", (name) => {
  expect(() => softwarePackage.read([name])).toThrow(expect.objectContaining({ code: "package/name" }));
});

test("what is asked is a script that a shell takes", () => {
  for (const via of [undefined, { asksLists: true }, { wish: { relation: "=", version: "1.*" } }, { release: "x y" }])
    execFileSync("sh", ["-n", "-c", softwarePackage.read(["nginx", "php*", "libc6:i386"], via)]);
});

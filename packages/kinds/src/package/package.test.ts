import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { aptPackage, ensurePackages } from "./package.ts";
import type { PackageState } from "./package-state.ts";

/** As printed by trixie's dpkg-query and apt-cache. */
const printed = `libc6 amd64 installed 2.41-12+deb13u1
cron amd64 config-files 3.0pl1-197
sudo amd64 installed 1.9.16p2-3

nginx:
  Installed: (none)
  Candidate: 1.26.3-3+deb13u10
  Version table:
     1.26.3-3+deb13u10 500
mail-transport-agent:
  Installed: (none)
  Candidate: (none)
  Version table:
cron:
  Installed: (none)
  Candidate: 3.0pl1-197
`;
const names = ["libc6", "libc6:amd64", "sudo", "nginx", "mail-transport-agent", "cron", "no-such-package"];

test("what dpkg and apt print is read", () => {
  expect(Object.fromEntries(aptPackage.parse(Buffer.from(printed), names))).toEqual({
    libc6: { state: "installed", version: "2.41-12+deb13u1" },
    "libc6:amd64": { state: "installed", version: "2.41-12+deb13u1" },
    sudo: { state: "installed", version: "1.9.16p2-3" },
    nginx: { state: "absent", candidate: "1.26.3-3+deb13u10" },
    "mail-transport-agent": { state: "absent" },
    cron: { state: "absent", candidate: "3.0pl1-197" },
    "no-such-package": { state: "absent" },
  });
});

const at = (key: string, state: Observed<PackageState>["state"]) => ({ kind: "package", key, state });
const installed = { state: "installed", version: "1" } as const;
const absent = { state: "absent", candidate: "2" } as const;

test.each([
  { name: "absent, wanted", state: absent, desired: "installed", actions: ["ensure"] },
  { name: "installed, wanted", state: installed, desired: "installed", actions: [] },
  { name: "installed, not wanted", state: installed, desired: "absent", actions: ["remove"] },
  { name: "absent, not wanted", state: absent, desired: "absent", actions: [] },
  { name: "unsettled", state: unsettled("another brings it"), desired: "installed", actions: ["ensure"] },
] as const)("ensure: $name", ({ state, desired, actions }) => {
  expect(aptPackage.ensure(at("nginx", state), { state: desired }).map(({ action }) => action)).toEqual(actions);
});

test("several packages are one run of apt", () => {
  const changes = ensurePackages([at("a", absent), at("b", installed), at("c", absent)], { state: "installed" });
  expect(changes.map(({ key }) => key)).toEqual(["a", "c"]);
  expect(changes.flatMap(({ steps }) => steps)).toHaveLength(1);
  expect(changes[0]?.steps[0]).toMatchObject({ argv: expect.arrayContaining(["install", "a", "c"]) });
});

test("an installation unsettles only what is not there yet", () => {
  const [change] = aptPackage.ensure(at("nginx", absent), { state: "installed" });
  expect(change && aptPackage.unsettles?.(change)).toContainEqual({
    kind: "unit",
    ifAbsent: true,
    because: "package nginx may bring it",
  });
});

test.each(["Nginx", "-o", "a b", "nginx=1", "x;y"])("%j is no package's name", (name) => {
  expect(() => aptPackage.read([name])).toThrow(expect.objectContaining({ code: "package/name" }));
});

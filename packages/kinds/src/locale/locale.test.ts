import { execFileSync } from "node:child_process";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { locale } from "./locale.ts";
import { timezone } from "./timezone.ts";

const words = (steps: readonly unknown[] = []) =>
  steps.map((step) => (step as { readonly argv: readonly string[] }).argv.slice(3).join(" "));

test("locales go by their name, however their charset is written", () => {
  const states = locale.parse(Buffer.from("C\nC.utf8\nde_DE.utf8\nde_DE.iso885915@euro\n"), [
    "de_DE.UTF-8",
    "C.UTF-8",
    "fr_FR.UTF-8",
    "de_DE.ISO-8859-15@euro",
  ]);
  expect([...states.values()].map(({ state }) => state)).toEqual(["present", "present", "absent", "present"]);
});

test.each([
  {
    name: "absent",
    state: { state: "absent" },
    wanted: "present",
    steps: ["evenkeel-locale de_DE.UTF-8 yes"],
    undo: ["evenkeel-locale de_DE.UTF-8 no"],
  },
  { name: "present", state: { state: "present" }, wanted: "present", steps: [], undo: [] },
  {
    name: "to be absent",
    state: { state: "present" },
    wanted: "absent",
    steps: ["evenkeel-locale de_DE.UTF-8 no"],
    undo: ["evenkeel-locale de_DE.UTF-8 yes"],
  },
  {
    name: "unsettled",
    state: unsettled("a package makes it"),
    wanted: "present",
    steps: ["evenkeel-locale de_DE.UTF-8 yes"],
    undo: [],
  },
] as const)("a locale: $name", ({ state, wanted, steps, undo }) => {
  const [change] = locale.ensure({ kind: "locale", key: "de_DE.UTF-8", state }, { state: wanted });
  expect(words(change?.steps)).toEqual(steps);
  expect(words(change?.undo)).toEqual(undo);
});

test.each([
  {
    name: "another zone",
    state: { zone: "Etc/UTC" },
    wanted: "Europe/Berlin",
    steps: ["evenkeel-timezone Europe/Berlin"],
    undo: ["evenkeel-timezone Etc/UTC"],
  },
  { name: "the same", state: { zone: "Europe/Berlin" }, wanted: "Europe/Berlin", steps: [], undo: [] },
  { name: "the same under another name", state: { zone: "Etc/UTC" }, wanted: "UTC", steps: [], undo: [] },
  {
    name: "unsettled",
    state: unsettled("a command changes it"),
    wanted: "UTC",
    steps: ["evenkeel-timezone UTC"],
    undo: [],
  },
] as const)("a time zone: $name", ({ state, wanted, steps, undo }) => {
  const [change] = timezone.ensure({ kind: "timezone", key: "host", state }, { zone: wanted });
  expect(words(change?.steps)).toEqual(steps);
  expect(words(change?.undo)).toEqual(undo);
});

test("names that are none", () => {
  expect(() => locale.read(["de DE"])).toThrow(expect.objectContaining({ code: "locale/name" }));
  expect(() =>
    timezone.ensure({ kind: "timezone", key: "host", state: { zone: "UTC" } }, { zone: "../../etc/passwd" }),
  ).toThrow(expect.objectContaining({ code: "timezone/name" }));
});

test("a host whose zone nobody set has UTC", () => {
  expect(timezone.parse(Buffer.from("\n"), ["host"]).get("host")).toEqual({ zone: "UTC" });
  execFileSync("sh", ["-n", "-c", timezone.read(["host"])]);
});

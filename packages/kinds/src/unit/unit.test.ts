import { execFileSync } from "node:child_process";
import type { Observed, Step } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { systemdManager } from "./systemd-manager.ts";
import type { DesiredUnit } from "./unit.ts";
import { actOnUnit, unit } from "./unit.ts";
import type { UnitState } from "./unit-state.ts";

const key = "nginx.service";
const at = (state: Observed<UnitState>["state"]): Observed<UnitState> => ({ kind: "unit", key, state });
const running = { state: "present", isActive: true, isEnabled: true, isMasked: false } as const;
const stopped = { ...running, isActive: false, isEnabled: false } as const;

/** The manager, the flags and the verbs. */
const words = ([step]: readonly Step[]) =>
  step?.do === "run" ? [step.argv[4], ...step.argv.slice(6)].join(" ") : undefined;

interface Row {
  readonly name: string;
  readonly state: Observed<UnitState>["state"];
  readonly desired: DesiredUnit;
  readonly run?: string;
  readonly undo?: string;
  readonly interrupts?: string;
}

const rows: readonly Row[] = [
  { name: "converged", state: running, desired: { isActive: true, isEnabled: true } },
  {
    name: "stopped, wanted",
    state: { ...running, isActive: false },
    desired: { isActive: true },
    run: "systemd --system start",
    undo: "systemd --system stop",
  },
  {
    name: "disabled and stopped",
    state: stopped,
    desired: { isActive: true, isEnabled: true },
    run: "systemd --system enable start",
    undo: "systemd --system disable stop",
  },
  {
    name: "running, not wanted",
    state: running,
    desired: { isActive: false, isEnabled: false },
    run: "systemd --system disable stop",
    undo: "systemd --system enable start",
    interrupts: "outage",
  },
  {
    name: "masked, wanted",
    state: { ...running, isActive: false, isMasked: true },
    desired: { isMasked: false, isActive: true },
    run: "systemd --system unmask start",
  },
  {
    name: "to be masked",
    state: running,
    desired: { isActive: false, isMasked: true },
    run: "systemd --system stop mask",
  },
  {
    name: "absent",
    state: { state: "absent" },
    desired: { isActive: true },
    run: "systemd --system start",
  },
  {
    name: "unsettled",
    state: unsettled("nginx brings it"),
    desired: { isActive: true, isEnabled: true },
    run: "systemd --system enable start",
  },
  { name: "static, to be enabled", state: { ...stopped, isStatic: true }, desired: { isEnabled: true } },
  {
    name: "runs once, is over",
    state: { ...stopped, isOneshot: true },
    desired: { isActive: true },
    run: "systemd --system start",
  },
  {
    name: "waits for the end of the play, and is not to run",
    state: { ...stopped, isWithheld: true },
    desired: { isActive: false },
    run: "systemd --system forget",
    interrupts: "nothing",
  },
  {
    name: "waits for the end of the play, and is to run",
    state: { ...stopped, isWithheld: true },
    desired: { isActive: true },
    run: "systemd --system start",
  },
  {
    name: "on OpenRC",
    state: { ...stopped, manager: "openrc" },
    desired: { isActive: true, isEnabled: true },
    run: "openrc --system enable start",
  },
];

test.each(rows)("ensure: $name", ({ state, desired, run, undo, interrupts }) => {
  const [change] = unit.ensure(at(state), desired);
  expect(change && words(change.steps)).toBe(run);
  if (undo) expect(words(change?.undo ?? [])).toBe(undo);
  if (interrupts) expect(change?.interrupts).toBe(interrupts);
});

test("a restart is a restart, and so is the reload of what cannot reload", () => {
  expect(actOnUnit(at(running), "restart")).toMatchObject({ action: "restart", interrupts: "restart" });
  expect(actOnUnit(at({ ...running, canReload: true }), "reload")).toMatchObject({
    action: "reload",
    interrupts: "reload",
  });
  expect(actOnUnit(at({ ...running, canReload: false }), "reload")).toMatchObject({
    action: "reload",
    interrupts: "restart",
  });
});

test("flags, words for scripts and runlevels", () => {
  const options = { flags: ["--no-block"], arguments: "-v", runlevels: ["3", "5"], sleepSeconds: 2 };
  const [step] = actOnUnit({ ...at(running), via: { scope: "user" } }, "restart", options).steps;
  expect(words(step ? [step] : [])).toBe("systemd --user --no-block restart");
  expect(step).toMatchObject({
    environment: { EVENKEEL_ARGUMENTS: "-v", EVENKEEL_RUNLEVELS: "3 5", EVENKEEL_SLEEP: "2" },
  });
});

test("what runs once was started if it ended well", () => {
  const over = (Result: string): UnitState => ({ ...stopped, isOneshot: true, properties: { Result } });
  expect(unit.isAsPlanned(over("success"), { state: "present", isActive: true })).toBe(true);
  expect(unit.isAsPlanned(over("exit-code"), { state: "present", isActive: true })).toBe(false);
});

test("a host without a service manager says so", () => {
  expect(() => unit.ensure(at({ state: "absent", manager: "none" }), { isActive: true })).toThrow(
    expect.objectContaining({ code: "unit/no-manager" }),
  );
});

test.each(["nginx", "a b.service", "x;y.service", "-H.service"])("%j is no unit's full name", (name) => {
  expect(() => unit.read([name])).toThrow(expect.objectContaining({ code: "unit/name" }));
});

test("what is asked is a script that a shell takes", () => {
  for (const via of [undefined, { scope: "user" }, { init: "sysvinit", pattern: "it's" }])
    execFileSync("sh", ["-n", "-c", unit.read([key], via)]);
  execFileSync("sh", ["-n", "-c", systemdManager.read(["system", "user"])]);
});

test("systemd reads its files again when they have changed, or may have", () => {
  const manager = (state: Parameters<typeof systemdManager.ensure>[0]["state"]) =>
    systemdManager.ensure({ kind: "systemd", key: "system", state }, { needsReload: false });
  expect(manager({ state: "present", needsReload: false })).toEqual([]);
  expect(manager({ state: "absent" })).toEqual([]);
  expect(manager({ state: "present", needsReload: true })).toMatchObject([
    { steps: [{ argv: ["systemctl", "--system", "daemon-reload"] }] },
  ]);
  expect(manager(unsettled("a unit file is written"))).toMatchObject([{ action: "check" }]);
  const doubted = {
    kind: "systemd",
    key: "system",
    state: { state: "present", needsReload: false },
    doubt: "a file changes before",
  } as const;
  expect(systemdManager.ensure(doubted, { needsReload: false })).toHaveLength(1);
});

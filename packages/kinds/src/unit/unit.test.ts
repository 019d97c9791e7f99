import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actOnUnit, unit } from "./unit.ts";
import type { UnitState } from "./unit-state.ts";

const key = "nginx.service";
const at = (state: Observed<UnitState>["state"]): Observed<UnitState> => ({ kind: "unit", key, state });
const running = {
  state: "present",
  isActive: true,
  isEnabled: true,
  isMasked: false,
  needsDaemonReload: false,
} as const;

test("what systemctl shows is read, in the order of the questions", () => {
  const printed = `Id=ssh.service
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
NeedDaemonReload=no
InvocationID=6ea1b2e9a7e94a5d8b0c1d2e3f405162

Id=nginx.service
LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=
NeedDaemonReload=no
InvocationID=

Id=cron.service
LoadState=masked
ActiveState=inactive
SubState=dead
UnitFileState=masked
NeedDaemonReload=yes
InvocationID=
`;
  const states = unit.parse(Buffer.from(printed), ["ssh.service", key, "cron.service"]);
  expect(states.get("ssh.service")).toMatchObject({
    isActive: true,
    isEnabled: true,
    isMasked: false,
    activity: "active (running)",
  });
  expect(states.get(key)).toEqual({ state: "absent" });
  expect(states.get("cron.service")).toMatchObject({ isActive: false, isMasked: true, needsDaemonReload: true });
});

const verbs = (steps: readonly { readonly do: string; readonly argv?: readonly string[] }[]) =>
  steps.map((step) => step.argv?.[1]);

test.each([
  { name: "converged", state: running, desired: { isActive: true, isEnabled: true }, steps: undefined },
  { name: "stopped, wanted", state: { ...running, isActive: false }, desired: { isActive: true }, steps: ["start"] },
  {
    name: "disabled and stopped",
    state: { ...running, isActive: false, isEnabled: false },
    desired: { isActive: true, isEnabled: true },
    steps: ["enable", "start"],
  },
  {
    name: "running, not wanted",
    state: running,
    desired: { isActive: false, isEnabled: false },
    steps: ["disable", "stop"],
  },
  {
    name: "masked, wanted",
    state: { ...running, isActive: false, isMasked: true },
    desired: { isMasked: false, isActive: true },
    steps: ["unmask", "start"],
  },
  { name: "to be masked", state: running, desired: { isActive: false, isMasked: true }, steps: ["stop", "mask"] },
  {
    name: "its files have changed",
    state: { ...running, isActive: false, needsDaemonReload: true },
    desired: { isActive: true },
    steps: ["daemon-reload", "start"],
  },
  { name: "absent", state: { state: "absent" }, desired: { isActive: true }, steps: ["daemon-reload", "start"] },
  {
    name: "unsettled",
    state: unsettled("nginx brings it"),
    desired: { isActive: true, isEnabled: true },
    steps: ["daemon-reload", "enable", "start"],
  },
] as const)("ensure: $name", ({ state, desired, steps }) => {
  const [change] = unit.ensure(at(state), desired);
  expect(change && verbs(change.steps)).toEqual(steps);
});

test("undo goes back the way it came", () => {
  const [change] = unit.ensure(at({ ...running, isActive: false, isEnabled: false }), {
    isActive: true,
    isEnabled: true,
  });
  expect(change && verbs(change.undo)).toEqual(["disable", "stop"]);
});

test("stopping is an outage, a restart is a restart", () => {
  expect(unit.ensure(at(running), { isActive: false })[0]?.interrupts).toBe("outage");
  expect(actOnUnit(at(running), "restart").interrupts).toBe("restart");
});

test.each(["nginx", "a b.service", "x;y.service"])("%j is no unit's full name", (name) => {
  expect(() => unit.read([name])).toThrow(expect.objectContaining({ code: "unit/name" }));
});

import type { AnyModule, Change, Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { UnitState } from "@evenkeel/kinds";
import { expect, test } from "vitest";
import { service } from "./service.ts";
import { systemd, systemdService } from "./systemd.ts";
import { sysvinit } from "./sysvinit.ts";

const at = (state: Observed<UnitState>["state"]) => ({ kind: "unit", key: "nginx.service", state });
const running = {
  state: "present",
  isActive: true,
  isEnabled: true,
  isMasked: false,
  properties: { MainPID: "7" },
} as const;
const stopped = { ...running, isActive: false, isEnabled: false } as const;

const rows = [
  { name: "absent", state: { state: "absent" }, params: { state: "started", enabled: true }, changes: ["ensure"] },
  { name: "present", state: running, params: { state: "started", enabled: true }, changes: [] },
  { name: "drifted", state: stopped, params: { state: "started", enabled: true }, changes: ["ensure"] },
  { name: "stopped, as wanted", state: stopped, params: { state: "stopped", enabled: false }, changes: [] },
  { name: "unsettled", state: unsettled("nginx brings it"), params: { state: "started" }, changes: ["ensure"] },
  { name: "restarted", state: running, params: { state: "restarted", enabled: true }, changes: ["restart"] },
  {
    name: "reloaded and enabled",
    state: { ...running, isEnabled: false },
    params: { state: "reloaded", enabled: true },
    changes: ["ensure", "reload"],
  },
  { name: "nothing asked", state: stopped, params: {}, changes: [] },
] as const;

const actions = (changes: readonly Change[]) => changes.map(({ action }) => action);
const defaults = { arguments: "", runlevel: "default", use: "auto" } as const;

test.each(rows)("service: $name", ({ state, params, changes }) => {
  expect(actions(service.plan({ current: at(state) }, { name: "nginx", ...defaults, ...params }))).toEqual(changes);
});

test.each(rows)("sysvinit: $name", ({ state, params, changes }) => {
  expect(actions(sysvinit.plan({ current: at(state) }, { name: "nginx", sleep: 1, ...params } as never))).toEqual(
    changes,
  );
});

const plain = { daemon_reload: false, daemon_reexec: false, no_block: false, scope: "system" } as const;

test.each(rows)("systemd: $name", ({ state, params, changes }) => {
  expect(actions(systemd.plan({ manager: [], units: [at(state)] }, { name: "nginx", ...plain, ...params }))).toEqual(
    changes,
  );
});

test("the name may have its type; scopes are asked apart", () => {
  expect(service.observe({ name: "nginx", ...defaults })).toEqual({ current: { kind: "unit", key: "nginx.service" } });
  expect(systemdService.observe({ name: "backup.timer", ...plain, scope: "user", daemon_reload: true })).toEqual({
    manager: [{ kind: "systemd", key: "user" }],
    units: [{ kind: "unit", key: "backup.timer", via: { scope: "user" } }],
  });
  expect(service.observe({ name: "x", ...defaults, pattern: "xd" }).current.via).toEqual({ pattern: "xd" });
});

test("reading unit files again is not a change of its own", () => {
  const manager = [{ kind: "systemd", key: "system", state: { state: "present", needsReload: true } as const }];
  const params = { ...plain, daemon_reload: true } as const;
  const changes = systemd.plan({ manager, units: [] }, params);
  expect(actions(changes)).toEqual(["check"]);
  const answers = { manager, units: [] };
  expect(systemd.result?.({ before: answers, after: answers, changes, outputs: [] }, params)).toEqual({
    status: {},
    changed: false,
  });
});

test("results tell how it was, and what was asked", () => {
  const answers = { current: at(running) };
  const made = { before: answers, after: answers, changes: [], outputs: [] };
  expect(service.result?.(made, { name: "nginx", ...defaults, state: "restarted", enabled: true })).toEqual({
    ...{ name: "nginx", state: "started", enabled: true, status: { MainPID: "7" } },
  });
});

test("a task that says nothing is a mistake", () => {
  const nothing = () => (systemd as AnyModule).observe(plain);
  expect(nothing).toThrow(expect.objectContaining({ code: "params/one-of" }));
});

import { execFileSync } from "node:child_process";
import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { SysctlState } from "./sysctl.ts";
import { sysctl } from "./sysctl.ts";

const at = (state: Observed<SysctlState>["state"]) => ({ kind: "sysctl", key: "net.ipv4.tcp_rmem", state });
const there = { state: "present", value: "4096 131072 6291456" } as const;

test.each([
  { name: "converged, parted otherwise", state: there, value: "4096\t131072  6291456 ", changes: 0 },
  { name: "drifted", state: there, value: "1 2 3", changes: 1 },
  { name: "absent", state: { state: "absent" }, value: "1", changes: 1 },
  { name: "unsettled", state: unsettled("a package brings it"), value: "1", changes: 1 },
] as const)("$name", ({ state, value, changes }) => {
  expect(sysctl.ensure(at(state), { value })).toHaveLength(changes);
});

test("it is written where the kernel has it, and back", () => {
  const [change] = sysctl.ensure(at(there), { value: "1 2 3" });
  const words = (step: unknown) => (step as { readonly argv: readonly string[] }).argv.slice(4);
  expect(words(change?.steps[0])).toEqual(["/proc/sys/net/ipv4/tcp_rmem", "1 2 3"]);
  expect(words(change?.undo[0])).toEqual(["/proc/sys/net/ipv4/tcp_rmem", there.value]);
});

test("read and parse agree on this machine", () => {
  const names = ["kernel.ostype", "net.ipv4.tcp_rmem", "no.such.thing", "kernel/osrelease"];
  const states = sysctl.parse(execFileSync("sh", ["-c", sysctl.read(names)]), names);
  expect(states.get("kernel.ostype")).toEqual({ state: "present", value: "Linux" });
  const rmem = execFileSync("cat", ["/proc/sys/net/ipv4/tcp_rmem"], { encoding: "utf8" }).trim().split(/\s+/).join(" ");
  expect(states.get("net.ipv4.tcp_rmem")).toEqual({ state: "present", value: rmem });
  expect(states.get("no.such.thing")).toEqual({ state: "absent" });
  expect(states.get("kernel/osrelease")).toMatchObject({ state: "present" });
});

test("an interface's name may have dots", () => {
  expect(sysctl.read(["net.ipv4.conf.eth0/100.rp_filter"])).toContain("/proc/sys/net/ipv4/conf/eth0.100/rp_filter");
  expect(sysctl.read(["net/ipv4/conf/eth0.100/rp_filter"])).toContain("/proc/sys/net/ipv4/conf/eth0.100/rp_filter");
});

test.each(["", "../x", "a/../b", "a b", "$(x)"])("%j is no setting's name", (name) => {
  expect(() => sysctl.read([name])).toThrow(expect.objectContaining({ code: "sysctl/name" }));
});

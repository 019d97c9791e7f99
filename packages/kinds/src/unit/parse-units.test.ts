import { expect, test } from "vitest";
import { parseUnits } from "./parse-units.ts";

const parse = (text: string, names: readonly string[], via?: unknown) =>
  Object.fromEntries(parseUnits(Buffer.from(text), names, via));

const printed = `systemd
Id=ssh.service
Names=ssh.service sshd.service
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
NeedDaemonReload=no
InvocationID=6ea1b2e9a7e94a5d8b0c1d2e3f405162
Type=notify
CanReload=yes
ActiveEnterTimestampMonotonic=50000000
FragmentPath=/usr/lib/systemd/system/ssh.service
DropInPaths=/etc/systemd/system/ssh.service.d/a.conf

Id=nginx.service
LoadState=not-found
ActiveState=inactive
SubState=dead

Id=cron.service
LoadState=masked
ActiveState=inactive
SubState=dead
UnitFileState=masked
NeedDaemonReload=yes
InvocationID=

Id=backup.service
LoadState=loaded
ActiveState=inactive
SubState=dead
UnitFileState=static
Type=oneshot
RemainAfterExit=no
Result=success

Id=old.service
LoadState=loaded
ActiveState=active
SubState=exited
UnitFileState=generated
SourcePath=/etc/init.d/old
----
starts old
time 1000 100.50
file 900 /usr/lib/systemd/system/ssh.service
file 960 /etc/systemd/system/ssh.service.d/a.conf
withheld backup.service
unit getty@.service enabled
unit none@.service 
`;

test("what systemctl shows is read, in the order of the questions", () => {
  const names = [
    "sshd.service",
    "nginx.service",
    "cron.service",
    "getty@.service",
    "backup.service",
    "none@.service",
    "old.service",
  ];
  const states = parse(printed, names);
  expect(states["sshd.service"]).toMatchObject({
    ...{
      isActive: true,
      isEnabled: true,
      isMasked: false,
      activity: "active (running)",
      canReload: true,
      isStale: true,
    },
    properties: { Id: "ssh.service", Type: "notify" },
  });
  expect(states["nginx.service"]).toEqual({ state: "absent", manager: "systemd" });
  expect(states["cron.service"]).toMatchObject({ isActive: false, isMasked: true, needsDaemonReload: true });
  expect(states["backup.service"]).toMatchObject({ isOneshot: true, isStatic: true, isWithheld: true });
  expect(states["old.service"]).toMatchObject({ isEnabled: true, isActive: true });
  expect(states["old.service"]).not.toHaveProperty("isStatic");
  expect(states["getty@.service"]).toMatchObject({ isActive: false, isEnabled: true, enablement: "enabled" });
  expect(states["none@.service"]).toEqual({ state: "absent", manager: "systemd" });
});

test("a file that is older than the last start leaves a unit fresh", () => {
  expect(parse(printed.replace("file 960", "file 940"), ["ssh.service"])["ssh.service"]).not.toHaveProperty("isStale");
});

test.each(["sysvinit", "openrc"])("what is said of %s's services is read", (manager) => {
  const states = parse(`${manager}\n----\nunit a.service yes no\nunit b.service absent\nunit c.service no yes\n`, [
    "a.service",
    "b.service",
    "c.service",
  ]);
  expect(states).toMatchObject({
    "a.service": { state: "present", manager, isActive: true, isEnabled: false },
    "b.service": { state: "absent", manager },
    "c.service": { isActive: false, isEnabled: true },
  });
});

test("a host with no service manager has none", () => {
  expect(parse("none\n----\n", ["a.service"])).toEqual({ "a.service": { state: "absent", manager: "none" } });
});

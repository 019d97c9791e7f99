import { afterAll, beforeAll, expect, test } from "vitest";
import { service } from "../../src/services/service.ts";
import { systemd } from "../../src/services/systemd.ts";
import { sysvinit } from "../../src/services/sysvinit.ts";
import { HostUnderTest } from "./host-under-test.ts";

/** systemd's units, and init scripts, on a real host. */
let on: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot();
  await on.shell(`cat >/etc/systemd/system/shop.service <<'END'
[Service]
ExecStart=/bin/sleep infinity
ExecReload=/bin/touch /run/reloaded
[Install]
WantedBy=multi-user.target
END
cat >/etc/systemd/system/once.service <<'END'
[Service]
Type=oneshot
ExecStart=/bin/touch /run/once
END
cat >/etc/systemd/system/broken.service <<'END'
[Service]
ExecStart=/bin/sh -c 'echo no such shop >&2; exit 7'
Type=oneshot
END
sed 's/^Type=.*//' /etc/systemd/system/shop.service >/etc/systemd/system/worker@.service
cat >/etc/init.d/oldie <<'END'
#!/bin/sh
### BEGIN INIT INFO
# Provides: oldie
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
case $1 in
  start) setsid sleep 987654 >/dev/null 2>&1 & echo $! >/run/oldie.pid ;;
  stop) kill "$(cat /run/oldie.pid)"; rm -f /run/oldie.pid ;;
  status) kill -0 "$(cat /run/oldie.pid 2>/dev/null)" 2>/dev/null ;;
  reload) touch /run/oldie-reloaded ;;
esac
END
chmod 755 /etc/init.d/oldie; systemctl daemon-reload`);
});
afterAll(() => on[Symbol.asyncDispose]());

const state = (name: string) =>
  on
    .shell(`systemctl is-active ${name}; systemctl is-enabled ${name}; :`)
    .then((text) => text.trim().replace("\n", " "));

test("started and enabled, and back", async () => {
  const done = await on.apply(service, { name: "shop", state: "started", enabled: true });
  expect(await state("shop")).toBe("active enabled");
  expect(done.result).toMatchObject({ state: "started", enabled: true, status: { ActiveState: "inactive" } });
  await on.undo(done);
  expect(await state("shop")).toBe("inactive disabled");
});

test("restarts and reloads act each time", async () => {
  await on.apply(service, { name: "shop", state: "started" });
  const pid = () => on.shell("systemctl show -p MainPID --value shop");
  const before = await pid();
  await on.apply(service, { name: "shop", state: "reloaded" });
  expect(await pid()).toBe(before);
  expect(await on.shell("ls /run/reloaded")).toBe("/run/reloaded\n");
  await on.apply(service, { name: "shop", state: "restarted" });
  expect(await pid()).not.toBe(before);
});

test("changed files are read before anything is started; what is older than its files is known as such", async () => {
  await on.shell("sleep 1.1; sed -i s/infinity/9999999/ /etc/systemd/system/shop.service");
  expect(await on.ask({ kind: "unit", key: "shop.service" })).toMatchObject({ isStale: true, needsDaemonReload: true });
  expect(await on.plan(systemd, { daemon_reload: true })).toEqual(["check systemd system"]);
  await on.apply(service, { name: "shop", state: "restarted" });
  expect(await on.shell("ps ax")).toContain("sleep 9999999");
  expect(await on.plan(systemd, { daemon_reload: true })).toEqual([]);
  const fresh = await on.ask({ kind: "unit", key: "shop.service" });
  expect(fresh).not.toHaveProperty("isStale");
});

test("masked, templates, and what runs once", async () => {
  await on.shell("systemctl mask --runtime cron.service 2>/dev/null || :");
  const masked = await on
    .apply(systemd, { name: "systemd-timesyncd-x.timer", masked: true })
    .catch((error: Error) => error.message);
  expect(typeof masked).toBe("object");
  await on.apply(systemd, { name: "worker@one", state: "started", enabled: true });
  expect(await state("worker@one.service")).toBe("active enabled");
  const once = await on.apply(systemd, { name: "once", state: "restarted" });
  expect(once.changes).toEqual(["restart unit once.service"]);
  expect(await on.plan(systemd, { name: "once", state: "started" })).toEqual(["ensure unit once.service"]);
});

test("what fails says what the unit said", async () => {
  await expect(on.apply(service, { name: "broken", state: "restarted" })).rejects.toThrow(/no such shop/);
  await expect(on.apply(service, { name: "no-such-service", state: "started" })).rejects.toThrow(/not found/);
});

test("an init script, although systemd is there", async () => {
  const done = await on.apply(sysvinit, { name: "oldie", state: "started", enabled: true });
  expect(await on.shell("kill -0 $(cat /run/oldie.pid) && ls /etc/rc3.d | grep oldie")).toMatch(/^S\d\doldie\n$/);
  await on.apply(sysvinit, { name: "oldie", state: "reloaded" });
  expect(await on.shell("ls /run/oldie-reloaded")).toBe("/run/oldie-reloaded\n");
  await on.undo(done);
  expect(await on.plan(sysvinit, { name: "oldie", state: "stopped", enabled: false })).toEqual([]);
});

test("a service of the user's own", async () => {
  await on.shell(
    "DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; apt-get update -q >/dev/null; apt-get install -y -q --no-install-recommends dbus-user-session libpam-systemd >/dev/null 2>&1; loginctl enable-linger root; mkdir -p /root/.config/systemd/user; cp /etc/systemd/system/shop.service /root/.config/systemd/user/mine.service; for i in 1 2 3 4 5 6 7 8 9; do [ -S /run/user/0/bus ] && break; sleep 1; done; :",
  );
  const done = await on.apply(systemd, { name: "mine", scope: "user", state: "started", daemon_reload: true });
  expect(await on.shell("XDG_RUNTIME_DIR=/run/user/0 systemctl --user is-active mine")).toBe("active\n");
  await on.undo(done);
});

test("asking changes nothing", async () => {
  const tree = () =>
    on.shell(
      "find /etc/systemd /run/systemd/system /etc/rc*.d -printf '%p %T@\\n' | sort | sha256sum; systemctl list-units --plain --no-legend --all | grep -v session | awk '{print $1, $2, $3}' | sort | sha256sum",
    );
  const before = await tree();
  for (const name of ["shop", "once", "no-such-service", "worker@two", "oldie"])
    await on.plan(service, { name, state: "restarted", enabled: true });
  expect(await tree()).toBe(before);
});

test("OpenRC's services, where systemd is not", async () => {
  await on.shell(`set -e
cd /tmp; apt-get update -q >/dev/null; apt-get download -q openrc librc1t64 libeinfo1 >/dev/null 2>&1
for package in openrc librc1t64 libeinfo1; do dpkg -x $package*.deb /opt/openrc; done
cp -a /opt/openrc/usr/. /usr/; cp -an /opt/openrc/etc/. /etc/ 2>/dev/null || :; ldconfig
cat >/etc/init.d/sleepy <<'END'
#!/usr/sbin/openrc-run
command=/bin/sleep
command_args=98765
command_background=yes
pidfile=/run/sleepy.pid
END
chmod 755 /etc/init.d/sleepy; mkdir -p /etc/runlevels/default /etc/runlevels/boot; for each in daemons exclusive failed hotplugged inactive options scheduled started starting stopping tmp wasinactive; do mkdir -p /run/openrc/$each; done; touch /run/openrc/softlevel /etc/insserv.conf
mv /run/systemd/system /run/systemd/hidden`);
  try {
    const done = await on.apply(service, { name: "sleepy", state: "started", enabled: true });
    expect(await on.shell("kill -0 $(cat /run/sleepy.pid) && ls /etc/runlevels/default")).toBe("sleepy\n");
    await on.apply(service, { name: "sleepy", state: "restarted" });
    await on.undo(done);
    expect(await on.shell("ls /run/sleepy.pid /etc/runlevels/default/sleepy 2>/dev/null || :")).toBe("");
    await on.apply(service, { name: "sleepy", enabled: true, runlevel: "boot" });
    expect(await on.shell("ls /etc/runlevels/boot")).toContain("sleepy");
    await expect(on.apply(service, { name: "no-such-service", state: "started" })).rejects.toThrow();
  } finally {
    await on.shell("mv /run/systemd/hidden /run/systemd/system");
  }
});

test("a limit on starts is no reason not to start what we ask for", async () => {
  await on.shell(`printf '[Unit]\\nStartLimitIntervalSec=1h\\nStartLimitBurst=2\\n[Service]\\nExecStart=/bin/sleep infinity\\n' \
    >/etc/systemd/system/limited.service; systemctl daemon-reload`);
  for (let count = 0; count < 4; count++) await on.apply(systemd, { name: "limited", state: "restarted" });
  expect(await state("limited")).toBe("active static");
});

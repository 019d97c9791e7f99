import { afterAll, beforeAll, expect, test } from "vitest";
import { sudoers } from "../../src/accounts/sudoers.ts";
import { hostname } from "../../src/host/hostname.ts";
import { hostsEntry } from "../../src/host/hosts-entry.ts";
import { localeGen } from "../../src/host/locale-gen.ts";
import { mount } from "../../src/host/mount.ts";
import { reboot } from "../../src/host/reboot.ts";
import { rebootExecutor } from "../../src/host/reboot-executor.ts";
import { sysctl } from "../../src/host/sysctl.ts";
import { timezone } from "../../src/host/timezone.ts";
import { cron } from "../../src/scheduling/cron.ts";
import { startAgain } from "../start-again.ts";
import { HostUnderTest } from "./host-under-test.ts";

/** What a host is set to: files, and what is so right now. */
let on: HostUnderTest;
/** The same host with all of the machine's capabilities: to mount, to name and to set the kernel. */
let free: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot();
  free = await on.withCapabilities();
});
afterAll(async () => {
  await free.close();
  await on[Symbol.asyncDispose]();
});

test("a job in a user's own table, and in a file", async () => {
  await on.shell(
    "apt-get update -q >/dev/null; DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends cron >/dev/null 2>&1; printf '# mine\\n5 * * * * hand-made\\n' | crontab -",
  );
  const done = await on.apply(cron, { name: "it's a backup", minute: "*/5", job: "test -e '/srv/a b' && echo 100%" });
  expect(await on.shell("crontab -l")).toBe(
    "# mine\n5 * * * * hand-made\n#Ansible: it's a backup\n*/5 * * * * test -e '/srv/a b' && echo 100%\n",
  );
  expect(done.result).toMatchObject({ jobs: ["it's a backup"], envs: [] });
  await on.apply(cron, { name: "PATH", env: true, job: "/usr/bin" });
  await on.apply(cron, { name: "it's a backup", state: "absent" });
  expect(await on.shell("crontab -l")).toBe('PATH="/usr/bin"\n# mine\n5 * * * * hand-made\n');
  await on.apply(cron, { name: "deploys", user: "deploy", special_time: "daily", job: "true" });
  expect(await on.shell("crontab -u deploy -l; stat -c %U /var/spool/cron/crontabs/deploy")).toContain(
    "@daily true\ndeploy\n",
  );
  const file = await on.apply(cron, { name: "filed", cron_file: "shop", user: "deploy", hour: "3", job: "true" });
  expect(await on.shell("cat /etc/cron.d/shop")).toBe("#Ansible: filed\n* 3 * * * deploy true\n");
  await on.undo(file);
  await on.apply(cron, { name: "filed", cron_file: "shop", user: "deploy", job: "true" });
  await on.apply(cron, { name: "filed", cron_file: "shop", state: "absent" });
  expect(await on.shell("ls /etc/cron.d/shop 2>&1 || :")).toMatch(/No such file/);
});

test("the kernel, in its file and right now", async () => {
  const name = "net.ipv4.conf.lo.accept_source_route";
  const before = await on.shell(`cat /proc/sys/${name.replaceAll(".", "/")}`);
  await on.host.enter(["mount", "-o", "remount,rw", "/proc/sys"]);
  await free.shell("printf '# mine\\nvm.swappiness = 10\\nvm.swappiness=20\\n' >/etc/sysctl.d/90-shop.conf");
  const done = await free.apply(sysctl, {
    name,
    value: before.trim() === "1" ? "no" : "yes",
    sysctl_file: "/etc/sysctl.d/90-shop.conf",
  });
  expect(done.changes).toEqual(["ensure file /etc/sysctl.d/90-shop.conf", `ensure sysctl ${name}`]);
  expect(await on.shell("cat /etc/sysctl.d/90-shop.conf")).toBe(
    `# mine\nvm.swappiness=10\n${name}=${before.trim() === "1" ? 0 : 1}\n`,
  );
  await free.undo(done);
  expect(await on.shell(`cat /proc/sys/${name.replaceAll(".", "/")}`)).toBe(before);
  await free.apply(sysctl, {
    name: "no.such.setting",
    value: "1",
    ignoreerrors: true,
    sysctl_file: "/etc/sysctl.d/90-shop.conf",
  });
  await free.apply(sysctl, { name: "no.such.setting", state: "absent", sysctl_file: "/etc/sysctl.d/90-shop.conf" });
});

test("what is mounted, in fstab and right now", async () => {
  const params = { path: "/srv/with space", src: "tmpfs", fstype: "tmpfs", opts: "size=1m" };
  const before = await on.shell("cat /etc/fstab 2>/dev/null || :");
  const done = await free.apply(mount, { ...params, state: "mounted" });
  expect(await on.shell("tail -n 1 /etc/fstab; grep -c 'with.040space' /proc/mounts")).toBe(
    "tmpfs /srv/with\\040space tmpfs size=1m 0 0\n1\n",
  );
  const again = await free.apply(mount, { ...params, opts: "size=2m", state: "mounted" });
  expect(again.changes).toEqual(["ensure file /etc/fstab", "reload mount /srv/with space"]);
  expect(await on.shell("grep 'with.040space' /proc/mounts")).toContain("size=2048k");
  await free.apply(mount, { ...params, state: "unmounted" });
  await free.apply(mount, { ...params, state: "ephemeral" });
  await expect(free.plan(mount, { ...params, src: "other", state: "ephemeral" })).rejects.toThrow(/is mounted at/);
  await free.apply(mount, { path: params.path, state: "absent" });
  expect(
    await on.shell("grep -c 'with.040space' /etc/fstab /proc/mounts || :; ls -d '/srv/with space' 2>&1 || :"),
  ).toMatch(/fstab:0\n.*mounts:0\n.*No such file/);
  await free.undo(await free.apply(mount, { ...params, state: "mounted" }));
  expect(await on.shell("cat /etc/fstab; ls /srv")).toBe(before);
  expect(done.result).toMatchObject({ name: params.path, opts: "size=1m", fstab: "/etc/fstab" });
});

test("what it is called", async () => {
  const done = await free.apply(hostname, { name: "shop-1" });
  expect(await on.shell("cat /etc/hostname; uname -n")).toBe("shop-1\nshop-1\n");
  expect(done.result).toMatchObject({
    name: "shop-1",
    ansible_facts: { ansible_hostname: "shop-1", ansible_nodename: "shop-1" },
  });
  await free.undo(done);
  expect(await on.shell("cat /etc/hostname; uname -n")).toBe("host\nhost\n");
});

test("whom it knows by name", async () => {
  const before = await on.shell("cat /etc/hosts");
  const done = await on.apply(hostsEntry, { address: "198.51.100.7", names: ["db.example.org", "db"] });
  expect(await on.shell("getent hosts db")).toContain("198.51.100.7");
  await on.undo(done);
  expect(await on.shell("cat /etc/hosts")).toBe(before);
});

test("time zones and locales", async () => {
  await on.shell(
    "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends tzdata locales >/dev/null 2>&1",
  );
  const zone = await on.apply(timezone, { name: "Europe/Berlin" });
  expect(await on.shell("date +%Z; readlink /etc/localtime")).toMatch(
    /^CES?T\n\.\.\/usr\/share\/zoneinfo\/Europe\/Berlin\n$/,
  );
  await on.undo(zone);
  expect(await on.shell("date +%Z")).toBe("UTC\n");
  await expect(on.apply(timezone, { name: "Europe/Nowhere" })).rejects.toThrow(/knows no time zone/);
  const locale = await on.apply(localeGen, { name: ["de_DE.UTF-8"] });
  expect(await on.shell("locale -a")).toContain("de_DE.utf8");
  await on.undo(locale);
  expect(await on.shell("locale -a; grep de_DE.UTF /etc/locale.gen")).toMatch(/# de_DE\.UTF-8 UTF-8\n$/);
});

test("a rule of sudo's that visudo likes; a broken one never takes its place", async () => {
  await on.apply(sudoers, { name: "shop", user: "deploy", commands: ["/bin/systemctl restart shop"], runas: "root" });
  expect(await on.shell("cat /etc/sudoers.d/shop; stat -c %a /etc/sudoers.d/shop")).toBe(
    "deploy ALL=(root)NOPASSWD: /bin/systemctl restart shop\n440\n",
  );
  await expect(on.apply(sudoers, { name: "broken", user: "deploy", commands: ["no path"] })).rejects.toThrow();
  expect(await on.shell("ls /etc/sudoers.d; visudo -c >/dev/null && echo good")).toBe("README\ndeploy\nshop\ngood\n");
  await on.apply(sudoers, { name: "shop", state: "absent" });
});

test("asking changes nothing", async () => {
  const tree = () =>
    on.shell("find /etc /var/spool/cron -printf '%p %T@ %s\\n' | sort | sha256sum; cat /proc/mounts | sha256sum");
  const before = await tree();
  await on.plan(cron, { name: "x", job: "true" });
  await on.plan(mount, { path: "/mnt/x", src: "/dev/x", fstype: "ext4", state: "mounted" });
  await on.plan(sysctl, { name: "vm.swappiness", value: "1" });
  await on.plan(hostname, { name: "other" });
  await on.plan(timezone, { name: "Asia/Tokyo" });
  await on.plan(localeGen, { name: ["fr_FR.UTF-8"] });
  await on.plan(sudoers, { name: "x", user: "deploy", commands: ["ALL"] });
  expect(await tree()).toBe(before);
});

test("a reboot is waited for, through the wire that is cut", async () => {
  const up = startAgain(on.host);
  const { result, outputs } = await on.apply(reboot, {
    reboot_timeout: 60,
    test_command: "systemctl is-system-running --wait; true",
  });
  await up;
  expect(outputs[0]?.data).toMatchObject({ elapsed: expect.any(Number) });
  expect(result).toMatchObject({ rebooted: true });
  expect(rebootExecutor.do).toBe("system.reboot");
}, 120_000);

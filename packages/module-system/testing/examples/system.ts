import { authorizedKey } from "../../src/accounts/authorized-key.ts";
import { group } from "../../src/accounts/group.ts";
import { sudoers } from "../../src/accounts/sudoers.ts";
import { user } from "../../src/accounts/user.ts";
import { getent } from "../../src/facts/getent.ts";
import { packageFacts } from "../../src/facts/package-facts.ts";
import { serviceFacts } from "../../src/facts/service-facts.ts";
import { setup } from "../../src/facts/setup.ts";
import { hostname } from "../../src/host/hostname.ts";
import { hostsEntry } from "../../src/host/hosts-entry.ts";
import { localeGen } from "../../src/host/locale-gen.ts";
import { mount } from "../../src/host/mount.ts";
import { reboot } from "../../src/host/reboot.ts";
import { sysctl } from "../../src/host/sysctl.ts";
import { timezone } from "../../src/host/timezone.ts";
import { cron } from "../../src/scheduling/cron.ts";
import { service } from "../../src/services/service.ts";
import { systemd, systemdService } from "../../src/services/systemd.ts";
import { sysvinit } from "../../src/services/sysvinit.ts";
import type { ModuleExample } from "./module-example.ts";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBNEWAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me@here";
const shop = "userdel -rf shop 2>/dev/null; groupdel shop 2>/dev/null; groupdel team 2>/dev/null";
const unit = "systemctl disable --now law.service 2>/dev/null; systemctl unmask law.service 2>/dev/null";

/** Accounts, services, and what a host is set to. The host has law.service, cron, locales and tzdata. */
export const systemExamples: readonly ModuleExample[] = [
  {
    module: authorizedKey,
    name: "a key",
    params: { user: "shop", key, key_options: "no-pty" },
    reset: `${shop}; useradd -m -u 3001 shop`,
  },
  { module: group, name: "a group", params: { name: "team", gid: 3100 }, reset: shop },
  { module: group, name: "gone", params: { name: "team", state: "absent" }, reset: `${shop}; groupadd -g 3100 team` },
  {
    module: sudoers,
    name: "a rule",
    params: { name: "shop", user: "deploy", commands: ["/bin/true"] },
    reset: "rm -f /etc/sudoers.d/shop",
  },
  {
    module: user,
    name: "a user",
    params: { name: "shop", uid: 3001, groups: ["daemon"], shell: "/bin/sh", password: "$6$law$x", comment: "Shop" },
    reset: shop,
  },
  {
    module: user,
    name: "another shell, and locked",
    params: { name: "shop", shell: "/bin/bash", password_lock: true },
    reset: `${shop}; useradd -m -u 3001 -s /bin/sh -p '$6$a$b' shop`,
  },
  {
    module: user,
    name: "gone",
    params: { name: "shop", state: "absent", remove: true },
    reset: `${shop}; useradd -m -u 3001 shop`,
  },
  { module: getent, name: "a line", params: { database: "passwd", key: "root" } },
  { module: packageFacts, name: "all", params: {} },
  { module: serviceFacts, name: "all", params: {} },
  { module: setup, name: "some", params: { gather_subset: ["!all", "platform"] } },
  {
    module: hostname,
    name: "another",
    params: { name: "law" },
    reset: "hostname host; echo host >/etc/hostname",
    needsCapabilities: true,
  },
  {
    module: hostsEntry,
    name: "two names",
    params: { address: "198.51.100.7", names: ["db.example.org", "db"] },
    reset: "sed '/198.51.100.7/d' /etc/hosts >/tmp/hosts; cat /tmp/hosts >/etc/hosts; rm /tmp/hosts",
  },
  {
    module: localeGen,
    name: "a language",
    params: { name: ["de_DE.UTF-8"] },
    reset: "sed -i 's/^de_DE.UTF-8/# de_DE.UTF-8/' /etc/locale.gen; locale-gen >/dev/null",
  },
  {
    module: mount,
    name: "a file system in memory",
    params: { path: "/srv/lawfs", src: "tmpfs", fstype: "tmpfs", opts: "size=1m", state: "mounted" },
    reset: "umount /srv/lawfs 2>/dev/null; rm -rf /srv/lawfs; : >/etc/fstab",
    needsCapabilities: true,
  },
  { module: reboot, name: "once", params: { reboot_timeout: 60 }, isForNoHost: true, states: [{ id: "one" }] },
  {
    module: sysctl,
    name: "a setting in its file",
    params: { name: "vm.swappiness", value: "11", sysctl_file: "/etc/sysctl.d/90-law.conf", reload: false },
    reset: "rm -f /etc/sysctl.d/90-law.conf",
  },
  {
    module: timezone,
    name: "Tokyo",
    params: { name: "Asia/Tokyo" },
    reset: "ln -sf /usr/share/zoneinfo/Etc/UTC /etc/localtime; echo Etc/UTC >/etc/timezone",
  },
  {
    module: cron,
    name: "a job",
    params: { name: "backup", minute: "5", job: "true" },
    reset: "crontab -r 2>/dev/null; true",
  },
  {
    module: cron,
    name: "a job in a file",
    params: { name: "backup", user: "root", cron_file: "law", hour: "3", job: "true" },
    reset: "rm -f /etc/cron.d/law",
  },
  { module: service, name: "on", params: { name: "law", state: "started", enabled: true }, reset: unit },
  {
    module: systemd,
    name: "masked",
    params: { name: "law", state: "stopped", masked: true },
    reset: `${unit}; systemctl start law`,
  },
  { module: systemdService, name: "again", params: { name: "law", state: "restarted" }, reset: unit },
  {
    module: sysvinit,
    name: "off",
    params: { name: "law", state: "stopped" },
    isForNoHost: true,
    states: [{ state: "present", manager: "sysvinit", isActive: true }],
  },
];

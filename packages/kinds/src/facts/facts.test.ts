import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsers, subsetOf } from "./fact-subsets.ts";
import { facts } from "./facts.ts";

const names = Object.keys(parsers);

test("every subset is asked with a script that a shell takes, and read on this machine", () => {
  const output = execFileSync("sh", ["-c", facts.read(names)], { stdio: ["ignore", "pipe", "ignore"] });
  const found = Object.assign({}, ...[...facts.parse(output, names).values()].map((state) => state.facts)) as Record<
    string,
    unknown
  >;
  expect(found).toMatchObject({
    ...{ system: "Linux", user_id: "root", user_dir: "/root", distribution: "Debian", os_family: "Debian" },
    ...{ architecture: execFileSync("uname", ["-m"], { encoding: "utf8" }).trim(), memtotal_mb: expect.any(Number) },
    date_time: { date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), tz_offset: expect.stringMatching(/^[+-]\d{4}$/) },
  });
  expect(found.processor_nproc).toBeGreaterThan(0);
  expect(found.env).toHaveProperty("PATH");
});

test("one subset's answer does not leak into another's", () => {
  const printed = "=#= uptime\nuptime=100.5 3\n\n=#= systemd\nsystemd 257 (257.13)\n+PAM\n\n";
  const states = facts.parse(Buffer.from(printed), ["uptime", "systemd"]);
  expect(states.get("uptime")).toEqual({ facts: { uptime_seconds: 100 } });
  expect(states.get("systemd")).toEqual({ facts: { systemd: { version: 257, features: "+PAM" } } });
});

test.each([
  ["ansible_default_ipv4", "network"],
  ["default_ipv4", "network"],
  ["ansible_eth0", "network"],
  ["ansible_os_family", "distribution"],
  ["ansible_memtotal_mb", "memory"],
  ["ansible_local", "local"],
  ["ansible_python", "python"],
  ["ansible_nothing", undefined],
])("%s is in %s", (name, subset) => expect(subsetOf(name)).toBe(subset));

test.each([
  [
    "executable=/usr/bin/python3.13\nversion=Python 3.13.5\n",
    { major: 3, minor: 13, micro: 5, releaselevel: "final" },
    "3.13.5",
  ],
  [
    "executable=/usr/bin/python3\nversion=Python 3.14.0rc2\n",
    { major: 3, releaselevel: "candidate", serial: 2 },
    "3.14.0rc2",
  ],
  ["", { major: 3 }, undefined],
])("Python: %j", (text, version, said) => {
  expect(parsers.python(text)).toMatchObject({ python: { version } });
  expect(parsers.python(text).python_version).toBe(said);
});

test("no such subset", () => {
  expect(() => facts.read(["constructor"])).toThrow(expect.objectContaining({ code: "facts/subset" }));
});

const release = (lines: string) => parsers.distribution(lines);

test.each([
  {
    name: "Debian",
    text: 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n\nfile debian_version=13.7\n',
    facts: {
      distribution: "Debian",
      distribution_version: "13.7",
      distribution_major_version: "13",
      distribution_minor_version: "7",
      distribution_release: "trixie",
      os_family: "Debian",
    },
  },
  {
    name: "Ubuntu",
    text: 'NAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.1 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\n\nfile debian_version=trixie/sid\n',
    facts: {
      distribution: "Ubuntu",
      distribution_version: "24.04",
      distribution_major_version: "24",
      distribution_release: "noble",
      os_family: "Debian",
    },
  },
  {
    name: "Rocky",
    text: 'NAME="Rocky Linux"\nVERSION="9.4 (Blue Onyx)"\nID="rocky"\nVERSION_ID="9.4"\n\n',
    facts: {
      distribution: "Rocky",
      distribution_version: "9.4",
      distribution_major_version: "9",
      distribution_release: "Blue Onyx",
      os_family: "RedHat",
    },
  },
  {
    name: "Alpine",
    text: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.1\n\nfile alpine-release=3.20.1\n',
    facts: {
      distribution: "Alpine",
      distribution_version: "3.20.1",
      distribution_major_version: "3",
      os_family: "Alpine",
    },
  },
  {
    name: "one that nobody knows",
    text: "NAME=Own\nID=own\n\n",
    facts: { distribution: "Own", distribution_version: "NA", os_family: "Own" },
  },
])("distribution: $name", ({ text, facts: expected }) => expect(release(text)).toMatchObject(expected));

test("network: addresses, secondaries, routes, bridges", () => {
  const found = parsers.network(`interface=br0
address=02:ec:13:10:01:00
mtu=1500
operstate=up
type=1
speed=10000
flags=0x1103
bridge/bridge_id=8000.02ec13100100
bridge/stp_state=0
member=eth1
interface=lo
address=00:00:00:00:00:00
mtu=65536
type=772
flags=0x9
addr=1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
addr=2: br0@if5    inet 198.19.16.1/24 brd 198.19.16.255 scope global br0\\       valid_lft forever
addr=2: br0    inet 198.19.16.9/24 scope global secondary br0:web\\       valid_lft forever
addr=2: br0    inet6 fe80::1/64 scope link proto kernel_ll \\       valid_lft forever
route4=8.8.8.8 via 198.19.16.254 dev br0 src 198.19.16.1 uid 0
local4=127.0.0.0/8 dev lo proto kernel
local4=198.19.16.1 dev br0
`) as Record<string, unknown>;
  expect(found.default_ipv4).toEqual({
    ...{ address: "198.19.16.1", alias: "br0", broadcast: "198.19.16.255", gateway: "198.19.16.254", interface: "br0" },
    ...{
      macaddress: "02:ec:13:10:01:00",
      mtu: 1500,
      netmask: "255.255.255.0",
      network: "198.19.16.0",
      prefix: "24",
      type: "bridge",
    },
  });
  expect(found).toMatchObject({
    interfaces: ["br0", "lo", "br0:web"],
    br0: {
      type: "bridge",
      interfaces: ["eth1"],
      stp: false,
      promisc: true,
      active: true,
      ipv6: [{ address: "fe80::1", prefix: "64", scope: "link" }],
    },
    br0_web: { ipv4_secondaries: [{ address: "198.19.16.9", broadcast: "" }] },
    lo: { ipv4: { address: "127.0.0.1", netmask: "255.0.0.0" }, type: "loopback", promisc: false },
    default_ipv6: {},
    all_ipv4_addresses: ["198.19.16.1", "198.19.16.9"],
    locally_reachable_ips: { ipv4: ["127.0.0.0/8", "198.19.16.1"], ipv6: [] },
  });
});

test("processors: sockets, cores and threads", () => {
  const cpu = (id: number, socket: number) =>
    `processor\t: ${id}\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nphysical id\t: ${socket}\nsiblings\t: 4\ncore id\t: ${id}\ncpu cores\t: 2\nflags\t: fpu vme\n`;
  expect(
    parsers.processor(`8\n${[0, 1].map((socket) => [0, 1, 2, 3].map((id) => cpu(id, socket)).join("\n")).join("\n")}`),
  ).toMatchObject({
    ...{
      processor_count: 2,
      processor_cores: 2,
      processor_threads_per_core: 2,
      processor_vcpus: 8,
      processor_nproc: 8,
      flags: ["fpu", "vme"],
    },
  });
  expect(parsers.processor("4\nprocessor\t: 0\nBogoMIPS\t: 50\nprocessor\t: 1\nBogoMIPS\t: 50\n")).toMatchObject({
    processor_count: 2,
    processor_vcpus: 2,
  });
});

test("mounts: sizes, binds and names with blanks", () => {
  const { mounts } = parsers.mounts(`/dev/vda1 / ext4 rw,relatime 0 1
proc /proc proc rw 0 0
/dev/vdb /srv/a\\040b xfs ro 0 0
==
22 1 8:1 / / rw - ext4 /dev/vda1 rw
23 1 8:2 /sub /srv/a\\040b ro - xfs /dev/vdb rw
==
4096 4096 1000 500 400 100 60 /
==
lrwxrwxrwx 1 root root 10 Nov 21 08:31 1234-abcd -> ../../vda1
`) as { readonly mounts: readonly unknown[] };
  expect(mounts).toEqual([
    {
      ...{
        mount: "/",
        device: "/dev/vda1",
        fstype: "ext4",
        options: "rw,relatime",
        dump: 0,
        passno: 1,
        uuid: "1234-abcd",
      },
      ...{
        size_total: 4_096_000,
        size_available: 1_638_400,
        block_size: 4096,
        block_total: 1000,
        block_available: 400,
        block_used: 600,
      },
      ...{ inode_total: 100, inode_available: 60, inode_used: 40 },
    },
    { mount: "/srv/a b", device: "/dev/vdb", fstype: "xfs", options: "ro,bind", dump: 0, passno: 0, uuid: "N/A" },
  ]);
});

test("devices: partitions and links", () => {
  const found = parsers.devices(
    "device=sda\nvendor=ATA     \nmodel=Disk\nremovable=0\nrotational=1\nscheduler=none [mq-deadline]\nsectorsize=512\nsize=4194304\npartition=sda1\nstart=2048\nsize=2048\nholder=dm-0\nholder_name=vg-root\n==\nlinks=uuid\nlrwxrwxrwx 1 r r 10 N 1 1:1 u-1 -> ../../sda1\n==\n",
  ) as unknown as { readonly devices: { readonly sda: unknown } };
  expect(found.devices.sda).toMatchObject({
    ...{
      vendor: "ATA",
      model: "Disk",
      size: "2.00 GB",
      sectors: 4_194_304,
      scheduler_mode: "mq-deadline",
      rotational: "1",
    },
    partitions: { sda1: { start: "2048", size: "1.00 MB", uuid: "u-1", holders: ["vg-root"] } },
  });
});

test.each([
  {
    name: "podman",
    text: "container=podman\nthere=/dev/kvm\n",
    facts: {
      virtualization_type: "podman",
      virtualization_role: "guest",
      virtualization_tech_guest: ["container", "podman"],
      virtualization_tech_host: ["kvm"],
    },
  },
  {
    name: "KVM",
    text: "sys_vendor=QEMU\nproduct_name=Standard PC\n",
    facts: { virtualization_type: "kvm", virtualization_role: "guest" },
  },
  {
    name: "a host of virtual machines",
    text: "module=kvm \n",
    facts: { virtualization_type: "kvm", virtualization_role: "host" },
  },
  {
    name: "docker in KVM",
    text: "there=/.dockerenv\nsys_vendor=QEMU\n",
    facts: { virtualization_type: "docker", virtualization_tech_guest: ["container", "docker", "kvm"] },
  },
  {
    name: "bare metal",
    text: "sys_vendor=Dell Inc.\n",
    facts: { virtualization_type: "NA", virtualization_role: "NA", virtualization_tech_guest: [] },
  },
])("virtual: $name", ({ text, facts: expected }) => expect(parsers.virtual(text)).toMatchObject(expected));

test("a host's own facts: JSON, sections, programs that fail", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-facts-"));
  writeFileSync(join(folder, "data.fact"), '{"a": [1, "ä"]}');
  writeFileSync(join(folder, "sections.fact"), "[General]\nName = x y\n# no\n[b]\nc: d\n");
  writeFileSync(join(folder, "program.fact"), "#!/bin/sh\necho '{\"up\": true}'\n", { mode: 0o755 });
  writeFileSync(join(folder, "fails.fact"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  writeFileSync(join(folder, "broken.fact"), "what is this");
  const via = { factPath: folder };
  const state = facts.parse(execFileSync("sh", ["-c", facts.read(["local"], via)]), ["local"], via).get("local");
  expect(state?.facts.local).toEqual({
    ...{ data: { a: [1, "ä"] }, sections: { General: { name: "x y" }, b: { c: "d" } }, program: { up: true } },
    fails: "Failure executing fact script (fails), rc: 3",
    broken: "error loading facts as JSON or ini - please check content: broken",
  });
});

import type { Host } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setup } from "../../src/facts/setup.ts";
import { HostUnderTest } from "./host-under-test.ts";

type Facts = Record<string, unknown>;

const factsOf = async (on: HostUnderTest, params: object = {}) =>
  ((await on.apply(setup, { ...params })).result as { readonly ansible_facts: Facts }).ansible_facts;

/** What changes while one looks, or what depends on the Python that Ansible itself runs with. */
const moving =
  /^ansible_(date_time|env|mem\w*|swap\w*|loadavg|uptime_seconds|python\w*|selinux_python_present|system_capabilities\w*|mounts|processor_nproc)$/;
/** What we do not give; the reasons are in the README. */
const left = ["ansible_selinux_python_present", "ansible_system_capabilities", "ansible_system_capabilities_enforced"];

describe("beside the real Ansible", () => {
  let on: HostUnderTest;
  let theirs: Facts;
  let ours: Facts;
  beforeAll(async () => {
    on = await HostUnderTest.boot();
    await on.shell(
      "apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ansible-core >/dev/null 2>&1; mkdir -p /etc/ansible/facts.d; echo '{\"a\": [1]}' >/etc/ansible/facts.d/mine.fact; printf '[x]\\nY=z\\n' >/etc/ansible/facts.d/sections.fact",
    );
    const printed = await on.shell("ansible localhost -c local -m setup 2>/dev/null");
    theirs = (JSON.parse(printed.slice(printed.indexOf("{"))) as { readonly ansible_facts: Facts }).ansible_facts;
    ours = await factsOf(on);
  });
  afterAll(() => on[Symbol.asyncDispose]());

  test("every fact that it gives is there, but for those that we say we leave out", () => {
    expect(Object.keys(theirs).filter((name) => !(name in ours))).toEqual(left);
  });

  test("what stands still is the same", () => {
    const names = Object.keys(theirs).filter((name) => name in ours && !moving.test(name));
    const only = (all: Facts) => Object.fromEntries(names.map((name) => [name, sorted(name, all[name])]));
    expect(only(ours)).toEqual(only(theirs));
  });

  test("what moves has the same shape, and nearly the same value", () => {
    expect(Object.keys(ours.ansible_date_time as Facts).sort()).toEqual(
      Object.keys(theirs.ansible_date_time as Facts).sort(),
    );
    for (const name of ["date", "tz", "tz_dst", "tz_offset", "weekday", "weekday_number", "weeknumber", "year"])
      expect((ours.ansible_date_time as Facts)[name]).toBe((theirs.ansible_date_time as Facts)[name]);
    expect(ours.ansible_memtotal_mb).toBe(theirs.ansible_memtotal_mb);
    expect(Object.keys(ours.ansible_memory_mb as Facts)).toEqual(
      expect.arrayContaining(Object.keys(theirs.ansible_memory_mb as Facts)),
    );
    const still = (mounts: unknown) =>
      (mounts as Facts[])
        .map(
          ({
            mount,
            device,
            fstype,
            options,
            size_total,
            block_size,
            block_total,
            inode_total,
            uuid,
            dump,
            passno,
          }) => ({
            mount,
            device,
            fstype,
            options,
            size_total,
            block_size,
            block_total,
            inode_total,
            uuid,
            dump,
            passno,
          }),
        )
        .sort((a, b) => String(a.mount).localeCompare(String(b.mount)));
    expect(still(ours.ansible_mounts)).toEqual(still(theirs.ansible_mounts));
  });
});

/** Lists whose order the kernel decides. */
function sorted(name: string, value: unknown): unknown {
  return /interfaces|addresses$|_tech_/.test(name) && Array.isArray(value)
    ? [...value].sort()
    : name === "ansible_locally_reachable_ips"
      ? Object.fromEntries(
          Object.entries(value as Record<string, string[]>).map(([key, list]) => [key, [...list].sort()]),
        )
      : value;
}

describe.each<Host["suite"]>(["bookworm", "tiny"])("on %s", (suite) => {
  let on: HostUnderTest;
  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
  });
  afterAll(() => on[Symbol.asyncDispose]());

  test("facts are there, and asking changes nothing", async () => {
    const tree = () =>
      on.shell(
        "find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /var/log -o -path /dev -o -path /tmp \\) -prune -o -type f -exec ls -l {} + 2>/dev/null | sort | sha256sum",
      );
    const before = await tree();
    const facts = await factsOf(on);
    expect(await tree()).toBe(before);
    expect(facts).toMatchObject({
      ...{
        ansible_hostname: "host",
        ansible_nodename: "host",
        ansible_system: "Linux",
        ansible_user_id: "root",
        ansible_user_dir: "/root",
      },
      ...{
        ansible_memtotal_mb: expect.any(Number),
        ansible_virtualization_role: "guest",
        ansible_date_time: { tz: "UTC", tz_offset: "+0000" },
      },
      ...(suite === "bookworm"
        ? {
            ansible_distribution: "Debian",
            ansible_distribution_release: "bookworm",
            ansible_pkg_mgr: "apt",
            ansible_service_mgr: "systemd",
          }
        : {}),
    });
    expect((facts.ansible_interfaces as string[]).length).toBeGreaterThan(1);
    expect(facts.ansible_default_ipv4).toMatchObject({ interface: "eth0", address: on.host.innerAddress });
  });
});

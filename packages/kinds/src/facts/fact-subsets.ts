import { parseClock } from "./subsets/clock.ts";
import { parseDevices } from "./subsets/devices.ts";
import { parseDistribution } from "./subsets/distribution.ts";
import { parseDmi } from "./subsets/dmi.ts";
import { parseEnv, parseUser } from "./subsets/identity.ts";
import { parseLocal } from "./subsets/local.ts";
import { parseMemory, parseUptime } from "./subsets/memory.ts";
import { parseMounts } from "./subsets/mounts.ts";
import { parseNetwork } from "./subsets/network.ts";
import { parsePlatform } from "./subsets/platform.ts";
import { parseProcessor } from "./subsets/processor.ts";
import { parsePython } from "./subsets/python.ts";
import { parseSystem, parseSystemd } from "./subsets/system.ts";
import { parseVirtual } from "./subsets/virtual.ts";

/** How the answer of each subset is read; each is one script with few forks. */
export const parsers = {
  platform: parsePlatform,
  distribution: parseDistribution,
  user: parseUser,
  env: parseEnv,
  date_time: parseClock,
  system: parseSystem,
  systemd: parseSystemd,
  local: parseLocal,
  python: parsePython,
  network: parseNetwork,
  processor: parseProcessor,
  memory: parseMemory,
  mounts: parseMounts,
  devices: parseDevices,
  dmi: parseDmi,
  uptime: parseUptime,
  virtual: parseVirtual,
} satisfies Record<string, (text: string) => Readonly<Record<string, unknown>>>;

export type FactSubset = keyof typeof parsers;

export function isFactSubset(name: string): name is FactSubset {
  return Object.hasOwn(parsers, name);
}

/** Ansible's subsets in ours. */
export const ansibleSubsets: Readonly<Record<string, readonly FactSubset[]>> = {
  min: ["platform", "distribution", "user", "env", "date_time", "system", "systemd", "local", "python"],
  network: ["network"],
  hardware: ["processor", "memory", "mounts", "devices", "dmi", "uptime"],
  virtual: ["virtual"],
};

/** The facts of each subset, where their names are fixed. */
export const factNames: Readonly<Record<FactSubset, readonly string[]>> = {
  platform: [
    "architecture",
    "machine",
    "machine_id",
    "kernel",
    "kernel_version",
    "system",
    "nodename",
    "hostname",
    "fqdn",
    "domain",
    "userspace_architecture",
    "userspace_bits",
  ],
  distribution: [
    "distribution",
    "distribution_file_parsed",
    "distribution_file_path",
    "distribution_file_variety",
    "distribution_major_version",
    "distribution_minor_version",
    "distribution_release",
    "distribution_version",
    "os_family",
  ],
  user: [
    "user_dir",
    "user_gecos",
    "user_gid",
    "user_id",
    "user_shell",
    "user_uid",
    "real_user_id",
    "real_group_id",
    "effective_user_id",
    "effective_group_id",
  ],
  env: ["env"],
  date_time: ["date_time"],
  system: [
    "cmdline",
    "proc_cmdline",
    "loadavg",
    "fips",
    "apparmor",
    "selinux",
    "dns",
    "lsb",
    "pkg_mgr",
    "service_mgr",
    "is_chroot",
    "hostnqn",
    "iscsi_iqn",
    "fibre_channel_wwn",
    "ssh_host_key_dsa_public",
    "ssh_host_key_rsa_public",
    "ssh_host_key_ecdsa_public",
    "ssh_host_key_ed25519_public",
    "ssh_host_key_dsa_public_keytype",
    "ssh_host_key_rsa_public_keytype",
    "ssh_host_key_ecdsa_public_keytype",
    "ssh_host_key_ed25519_public_keytype",
  ],
  systemd: ["systemd"],
  local: ["local"],
  python: ["python", "python_version"],
  network: [
    "interfaces",
    "default_ipv4",
    "default_ipv6",
    "all_ipv4_addresses",
    "all_ipv6_addresses",
    "locally_reachable_ips",
  ],
  processor: [
    "processor",
    "processor_cores",
    "processor_count",
    "processor_nproc",
    "processor_threads_per_core",
    "processor_vcpus",
    "flags",
  ],
  memory: ["memfree_mb", "memtotal_mb", "memory_mb", "swapfree_mb", "swaptotal_mb"],
  mounts: ["mounts"],
  devices: ["devices", "device_links", "lvm"],
  dmi: [
    "bios_date",
    "bios_vendor",
    "bios_version",
    "board_asset_tag",
    "board_name",
    "board_serial",
    "board_vendor",
    "board_version",
    "chassis_asset_tag",
    "chassis_serial",
    "chassis_vendor",
    "chassis_version",
    "form_factor",
    "product_name",
    "product_serial",
    "product_uuid",
    "product_version",
    "system_vendor",
  ],
  uptime: ["uptime_seconds"],
  virtual: ["virtualization_role", "virtualization_type", "virtualization_tech_guest", "virtualization_tech_host"],
};

const subsets = new Map(
  Object.entries(factNames).flatMap(([subset, names]) => names.map((name) => [name, subset as FactSubset])),
);

/** Which subset a fact is in, with or without `ansible_` before it. What is no fact of a fixed name may be an interface. */
export function subsetOf(fact: string): FactSubset | undefined {
  const name = fact.replace(/^ansible_/, "");
  return (
    subsets.get(name) ??
    (/^(lo$|eth|en[opsx]|wl|br|bond|team|veth|docker|virbr|tun|tap|wg|ib|vlan|dummy)/.test(name)
      ? "network"
      : undefined)
  );
}

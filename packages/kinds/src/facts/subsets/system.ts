import type { Field } from "../fields.ts";
import { allOf, fieldsOf, firstOf } from "../fields.ts";

export function parseSystem(text: string) {
  const fields = fieldsOf(text);
  const value = (name: string) => firstOf(fields, name);
  const [one = "0", five = "0", fifteen = "0"] = (value("loadavg") ?? "").split(" ");
  const [root, ofInit] = allOf(fields, "root");
  const words = (value("cmdline") ?? "").split(/\s+/).filter((word) => word !== "");
  return {
    ...{ cmdline: commandLine(words, false), proc_cmdline: commandLine(words, true) },
    loadavg: { "1m": Number(one), "5m": Number(five), "15m": Number(fifteen) },
    fips: value("fips") === "1",
    apparmor: { status: value("apparmor") ?? "disabled" },
    selinux: selinux(fields),
    dns: dns(allOf(fields, "dns")),
    lsb: lsb(fields),
    ...{ pkg_mgr: packageManager(allOf(fields, "manager")), service_mgr: serviceManager(fields) },
    is_chroot: root !== undefined && ofInit !== undefined && root !== ofInit,
    ...{
      hostnqn: value("hostnqn") ?? "",
      iscsi_iqn: value("iscsi") ?? "",
      fibre_channel_wwn: allOf(fields, "wwn").map((wwn) => wwn.replace(/^0x/, "")),
    },
    ...Object.fromEntries(["dsa", "rsa", "ecdsa", "ed25519"].flatMap((type) => hostKey(type, value(`ssh_${type}`)))),
  };
}

export function parseSystemd(text: string) {
  const [first = "", features = ""] = text.split("\n");
  const version = /^systemd (\d+)/.exec(first)?.[1];
  return version === undefined ? {} : { systemd: { version: Number(version), features } };
}

/** A word without a value is true; what is said more than once is its last, or a list. */
function commandLine(words: readonly string[], keepsAll: boolean): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    const [name, value] = at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1)];
    const before = found[name];
    found[name] = keepsAll && before !== undefined && value !== true ? [before, value].flat() : value;
  }
  return found;
}

function selinux(fields: readonly Field[]) {
  const enforce = firstOf(fields, "selinux_enforce");
  if (enforce === undefined) return { status: "disabled" };
  const [mode, config, type] = [
    enforce === "1" ? "enforcing" : "permissive",
    firstOf(fields, "selinux_config"),
    firstOf(fields, "selinux_type"),
  ];
  const version = Number(firstOf(fields, "selinux_policyvers"));
  return {
    status: "enabled",
    mode,
    config_mode: config ?? "unknown",
    type: type ?? "unknown",
    policyvers: version || "unknown",
  };
}

function dns(lines: readonly string[]) {
  const found: {
    nameservers?: string[];
    domain?: string;
    search?: string[];
    sortlist?: string[];
    options?: Record<string, unknown>;
  } = {};
  for (const line of lines) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === "nameserver") found.nameservers = [...(found.nameservers ?? []), ...rest];
    else if (word === "domain" && rest[0] !== undefined) found.domain = rest[0];
    else if (word === "search" || word === "sortlist") found[word] = rest;
    else if (word === "options") {
      found.options = Object.fromEntries(
        rest.map((option) => [
          option.split(":")[0] ?? "",
          option.includes(":") ? option.slice(option.indexOf(":") + 1) : true,
        ]),
      );
    }
  }
  return found;
}

function lsb(fields: readonly Field[]) {
  const lines = allOf(fields, "lsb");
  const told = allOf(fields, "lsb_release");
  const find = (name: string, said: string) =>
    lines
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replace(/^(['"])(.*)\1$/, "$2") ??
    told
      .find((line) => line.startsWith(`${said}:`))
      ?.slice(said.length + 1)
      .trim();
  const [id, release] = [find("DISTRIB_ID", "Distributor ID"), find("DISTRIB_RELEASE", "Release")];
  const [description, codename] = [find("DISTRIB_DESCRIPTION", "Description"), find("DISTRIB_CODENAME", "Codename")];
  return {
    ...(id !== undefined && { id }),
    ...(release !== undefined && { release, major_release: release.split(".")[0] }),
    ...(description !== undefined && { description }),
    ...(codename !== undefined && { codename }),
  };
}

function packageManager(found: readonly string[]): string {
  const names = {
    "apt-get": "apt",
    dnf5: "dnf5",
    "dnf-3": "dnf",
    emerge: "portage",
    "xbps-install": "xbps",
  } as Readonly<Record<string, string>>;
  if (found.includes("atomic") && found.includes("rpm-ostree")) return "atomic_container";
  const [first] = found.filter((name) => name !== "rpm-ostree" && name !== "atomic");
  return first === undefined ? "unknown" : (names[first] ?? first);
}

function serviceManager(fields: readonly Field[]): string {
  const init = firstOf(fields, "init") ?? "";
  const known = { procd: "openwrt_init", "runit-init": "runit", svscan: "svc", "openrc-init": "openrc" } as Readonly<
    Record<string, string>
  >;
  if (init !== "" && init !== "init" && !init.endsWith("sh")) return known[init] ?? init;
  const tools = allOf(fields, "tool");
  if (firstOf(fields, "booted") === "systemd") return "systemd";
  if (tools.includes("initctl")) return "upstart";
  return tools.includes("openrc") || tools.includes("rc-service")
    ? "openrc"
    : tools.includes("systemctl")
      ? "systemd"
      : "service";
}

function hostKey(type: string, line: string | undefined): [string, string][] {
  const [keytype, key] = line?.split(" ") ?? [];
  if (keytype === undefined || key === undefined) return [];
  return [
    [`ssh_host_key_${type}_public`, key],
    [`ssh_host_key_${type}_public_keytype`, keytype],
  ];
}

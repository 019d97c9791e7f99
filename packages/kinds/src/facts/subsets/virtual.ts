import type { Field } from "../fields.ts";
import { allOf, fieldsOf, firstOf } from "../fields.ts";

interface Sign {
  readonly tech: string;
  readonly role: "guest" | "host";
  /** Only noted, never what a host is said to be. */
  readonly isAside?: boolean;
}

/** What a host runs on or in. Signs are looked at in Ansible's order: the first one decides, all are noted. */
export function parseVirtual(text: string) {
  const fields = fieldsOf(text);
  const signs = [...containers(fields), ...xen(fields), ...machines(fields), ...processors(fields), ...modules(fields)];
  const [first] = signs.filter(({ isAside }) => !isAside);
  const techs = (role: Sign["role"]) => [
    ...new Set(signs.filter((sign) => sign.role === role).map(({ tech }) => tech)),
  ];
  const inContainer = techs("guest").some((tech) => ["docker", "lxc", "podman", "openvz", "containerd"].includes(tech));
  const guest =
    inContainer || firstOf(fields, "systemd_container")
      ? [...new Set([...techs("guest"), "container"])]
      : techs("guest");
  return {
    ...{ virtualization_type: first?.tech ?? "NA", virtualization_role: first?.role ?? "NA" },
    ...{ virtualization_tech_guest: guest.sort(), virtualization_tech_host: techs("host").sort() },
  };
}

function containers(fields: readonly Field[]): readonly Sign[] {
  const cgroups = allOf(fields, "cgroup");
  const isIn = (pattern: RegExp) => cgroups.some((line) => pattern.test(line));
  const there = allOf(fields, "there");
  const named = firstOf(fields, "container");
  const told = firstOf(fields, "systemd_container");
  const guest = (isSo: boolean, tech: string): Sign[] => (isSo ? [{ tech, role: "guest" }] : []);
  const isOpenvz = there.includes("/proc/vz") && !there.includes("/proc/lve");
  return [
    ...guest(isIn(/\/docker(\/|-[0-9a-f]+\.scope)/), "docker"),
    ...guest(isIn(/\/lxc\/|\/machine\.slice\/machine-lxc/), "lxc"),
    ...guest(isIn(/\/system\.slice\/containerd\.service/), "containerd"),
    ...guest(named?.startsWith("lxc") ?? false, "lxc"),
    ...guest(named?.startsWith("podman") ?? false, "podman"),
    ...guest(Boolean(named), "container"),
    ...(isOpenvz ? [{ tech: "openvz", role: there.includes("/proc/bc") ? "host" : "guest" } as const] : []),
    ...(told ? [{ tech: told, role: "guest" } as const] : []),
    ...guest(there.includes("/.dockerenv") || there.includes("/.dockerinit"), "docker"),
  ];
}

function xen(fields: readonly Field[]): readonly Sign[] {
  if (!allOf(fields, "there").includes("/proc/xen")) return [];
  return [{ tech: "xen", role: firstOf(fields, "xen")?.includes("control_d") ? "host" : "guest" }];
}

/** What the machine says of itself. */
function machines(fields: readonly Field[]): readonly Sign[] {
  const value = (name: string) => firstOf(fields, name)?.trim() ?? "";
  const [product, vendor, family, bios] = [
    value("product_name"),
    value("sys_vendor"),
    value("product_family"),
    value("bios_vendor"),
  ];
  const found: readonly [boolean, string][] = [
    [["KVM", "KVM Server", "Bochs", "AHV", "CloudStack KVM Hypervisor"].includes(product), "kvm"],
    [vendor === "oVirt", "oVirt"],
    [vendor === "Red Hat" && family === "RHV", "RHV"],
    [vendor === "Red Hat" && family !== "RHV" && product === "RHEV Hypervisor", "RHEV"],
    [product.startsWith("VMware"), "VMware"],
    [["OpenStack Compute", "OpenStack Nova"].includes(product), "openstack"],
    [bios === "Xen", "xen"],
    [bios === "innotek GmbH", "virtualbox"],
    [["Amazon EC2", "DigitalOcean", "Hetzner", "Linode"].includes(bios), "kvm"],
    [["QEMU", "Amazon EC2", "DigitalOcean", "Google", "Scaleway", "Nutanix"].includes(vendor), "kvm"],
    [vendor === "KubeVirt", "KubeVirt"],
    [vendor === "Microsoft Corporation", "VirtualPC"],
    [vendor === "Parallels Software International Inc.", "parallels"],
    [vendor === "OpenStack Foundation", "openstack"],
  ];
  return found.flatMap(([isSo, tech]) => (isSo ? [{ tech, role: "guest" }] : []));
}

function processors(fields: readonly Field[]): readonly Sign[] {
  const lines = allOf(fields, "cpu");
  const patterns: readonly [RegExp, string][] = [
    [/^model name.*QEMU Virtual CPU/, "kvm"],
    [/^(vendor_id.*User Mode Linux|model name.*UML)/, "uml"],
    [/^machine.*CHRP IBM pSeries .emulated by qemu./, "kvm"],
    [/^vendor_id.*PowerVM Lx86/, "powervm_lx86"],
    [/^vendor_id.*IBM\/S390/, "PR/SM"],
  ];
  return patterns.flatMap(([pattern, tech]) =>
    lines.some((line) => pattern.test(line)) ? [{ tech, role: "guest" }] : [],
  );
}

function modules(fields: readonly Field[]): readonly Sign[] {
  const loaded = allOf(fields, "module").map((name) => name.trim());
  const host = (isSo: boolean, tech: string): Sign[] => (isSo ? [{ tech, role: "host" }] : []);
  const first = [...host(loaded.includes("kvm"), "kvm"), ...host(loaded.includes("vboxdrv"), "virtualbox")];
  // A guest's driver, which Ansible notes as a host's.
  const isGuest = loaded.includes("virtio") && first.length === 0;
  const virtio: Sign[] = loaded.includes("virtio")
    ? [...(isGuest ? [{ tech: "kvm", role: "guest" } as const] : []), { tech: "kvm", role: "host", isAside: true }]
    : [];
  return [...first, ...virtio, ...host(allOf(fields, "there").includes("/dev/kvm"), "kvm")];
}

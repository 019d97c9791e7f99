import { fieldsOf, firstOf } from "../fields.ts";

export function parseDistribution(text: string) {
  const [release = "", files = ""] = text.split("\n\n");
  const fields = fieldsOf(release).map(({ name, value }) => ({ name, value: value.replace(/^(['"])(.*)\1$/, "$2") }));
  const others = fieldsOf(files);
  const id = firstOf(fields, "ID") ?? "";
  const known = names[id as keyof typeof names];
  const distribution = known ?? firstOf(fields, "NAME") ?? "Linux";
  const version = versionOf(distribution, firstOf(fields, "VERSION_ID") ?? "NA", (file) =>
    firstOf(others, `file ${file}`),
  );
  const [major = "NA", minor] = version.split(".");
  const family = Object.entries(families).find(([, members]) => members.includes(distribution))?.[0];
  return {
    ...{ distribution, distribution_version: version, distribution_major_version: major },
    ...(minor !== undefined && family === "Debian" && { distribution_minor_version: minor }),
    distribution_release: releaseOf(fields),
    os_family: family ?? distribution,
    ...{
      distribution_file_parsed: true,
      distribution_file_path: "/etc/os-release",
      distribution_file_variety: family ?? distribution,
    },
  };
}

/** Debian's and Alpine's own files know more than the first number. */
function versionOf(distribution: string, id: string, file: (name: string) => string | undefined): string {
  if (distribution === "Debian") return /^\d+(\.\d+)*$/.exec(file("debian_version") ?? "")?.[0] ?? id;
  if (distribution === "Alpine") return file("alpine-release") ?? id;
  if (distribution === "CentOS") return /\d+(\.\d+)*/.exec(file("centos-release") ?? "")?.[0] ?? id;
  return id;
}

function releaseOf(fields: Parameters<typeof firstOf>[0]): string {
  const codename = firstOf(fields, "VERSION_CODENAME");
  if (codename) return codename;
  return /\(([^)]+)\)/.exec(firstOf(fields, "VERSION") ?? "")?.[1] ?? "NA";
}

const names = {
  ...{
    debian: "Debian",
    ubuntu: "Ubuntu",
    raspbian: "Raspbian",
    linuxmint: "Linux Mint",
    kali: "Kali",
    devuan: "Devuan",
    pop: "Pop!_OS",
  },
  ...{
    fedora: "Fedora",
    rhel: "RedHat",
    centos: "CentOS",
    almalinux: "AlmaLinux",
    rocky: "Rocky",
    ol: "OracleLinux",
    amzn: "Amazon",
  },
  ...{ alpine: "Alpine", arch: "Archlinux", manjaro: "Manjaro", gentoo: "Gentoo", sles: "SLES", sled: "SLED" },
  ...{
    "opensuse-leap": "openSUSE Leap",
    "opensuse-tumbleweed": "openSUSE Tumbleweed",
    openeuler: "openEuler",
    altlinux: "Altlinux",
  },
} as const;

const families: Readonly<Record<string, readonly string[]>> = {
  Debian: ["Debian", "Ubuntu", "Raspbian", "Linux Mint", "Kali", "Devuan", "Pop!_OS"],
  RedHat: ["Fedora", "RedHat", "CentOS", "AlmaLinux", "Rocky", "OracleLinux", "Amazon", "openEuler"],
  Suse: ["SLES", "SLED", "openSUSE Leap", "openSUSE Tumbleweed"],
  Archlinux: ["Archlinux", "Manjaro"],
  Alpine: ["Alpine"],
  Gentoo: ["Gentoo"],
  Altlinux: ["Altlinux"],
};

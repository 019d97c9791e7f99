import { defineKind } from "@evenkeel/core";
import type { PackageManager } from "../package/package-state.ts";

/** One installed package as Ansible's package_facts has it. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  readonly arch?: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly category?: string;
  readonly source: "apt" | "rpm" | "apk";
}

export interface PackageListState {
  readonly manager?: PackageManager;
  readonly packages: Readonly<Record<string, readonly ListedPackage[]>>;
}

/** All packages that are installed; there is one list, under any key. */
export const packageList = defineKind<PackageListState, never>({
  name: "package-list",
  read: () => `if command -v dpkg-query >/dev/null; then echo apt; dpkg-query -W -f='\${db:Status-Status}\\t\${Package}\\t\${Version}\\t\${Architecture}\\t\${Section}\\n'
elif command -v rpm >/dev/null; then echo dnf; rpm -qa --qf 'installed\\t%{NAME}\\t%{VERSION}\\t%{ARCH}\\t%{RELEASE}\\t%{EPOCHNUM}\\n'
elif command -v apk >/dev/null; then echo apk; apk --no-network info -v 2>/dev/null
fi
:`,
  parse(output, keys) {
    const [manager = "", ...lines] = Buffer.from(output).toString().split("\n");
    const packages: Record<string, ListedPackage[]> = {};
    for (const line of lines) {
      const found = listed(manager, line);
      if (found) packages[found.name] = [...(packages[found.name] ?? []), found];
    }
    const state = { ...(manager !== "" && { manager: manager as PackageManager }), packages };
    return new Map(keys.map((key) => [key, state]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: () => false,
  dependsOn: ["package", "packages", "deb"],
  describe: ({ packages }) => ({ packages: String(Object.keys(packages).length) }),
});

function listed(manager: string, line: string): ListedPackage | undefined {
  if (manager === "apk") {
    const [, name, version] = /^(.+)-(\d[^-]*-r\d+)$/.exec(line) ?? [];
    return name === undefined || version === undefined ? undefined : { name, version, source: "apk" };
  }
  const [status, name = "", version = "", arch = "", more = "", epoch = "0"] = line.split("\t");
  if (status !== "installed") return undefined;
  if (manager === "apt") return { name, version, arch, category: more, source: "apt" };
  return { name, version, arch, release: more, ...(epoch !== "0" && { epoch: Number(epoch) }), source: "rpm" };
}

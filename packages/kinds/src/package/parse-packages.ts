import type { PackageState } from "./package-state.ts";
import { parseApk } from "./parse-apk.ts";
import { parseApt } from "./parse-apt.ts";
import { parseRpm } from "./parse-rpm.ts";

/** Reads what read-packages.sh printed. On a host without a package manager that we know, nothing is installed. */
export function parsePackages(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, PackageState> {
  const text = Buffer.from(output).toString();
  const end = text.indexOf("\n");
  const [manager, rest] = [text.slice(0, end), text.slice(end + 1)];
  if (manager === "apt") return parseApt(rest, names);
  if (manager === "dnf") return parseRpm(rest, names);
  if (manager === "apk") return parseApk(rest, names);
  return new Map(names.map((name) => [name, { state: "absent" }]));
}

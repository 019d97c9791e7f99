import type { PackageState } from "./package-state.ts";

interface Found {
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
}

/** What rpm said of the packages, a blank line, and what dnf's cache offers. */
export function parseRpm(text: string, names: readonly string[]): ReadonlyMap<string, PackageState> {
  const at = text.startsWith("\n") ? 0 : text.indexOf("\n\n") + 1;
  const installed: Found[] = [];
  const providers = new Map<string, { readonly provider: string; readonly version: string }>();
  for (const line of text.slice(0, at).split("\n")) {
    const [word, first = "", second = "", third = ""] = line.split(" ");
    if (word === "installed") installed.push({ name: first, architecture: second, version: shortly(third) });
    if (word === "provided") providers.set(first, { provider: second, version: shortly(third) });
  }
  const offered = text
    .slice(at)
    .split("\n")
    .filter((line) => line !== "")
    .map(offer);
  return new Map(names.map((name) => [name, stateOf(name, installed, providers.get(name), offered)]));
}

function stateOf(
  name: string,
  installed: readonly Found[],
  provider: { readonly provider: string; readonly version: string } | undefined,
  offered: readonly Found[],
): PackageState {
  const candidate = offered.find((each) => isMeant(name, each))?.version;
  const known = { manager: "dnf", ...(candidate !== undefined && { candidate, versions: [candidate] }) } as const;
  const found = installed.find((each) => isMeant(name, each));
  if (found) return { state: "installed", ...known, version: found.version };
  if (provider) return { state: "installed", ...known, ...provider };
  return { state: "absent", ...known };
}

/** dnf takes a name alone, with its architecture, its version, or all of it. */
function isMeant(spec: string, { name, architecture, version }: Found): boolean {
  const bare = version.replace(/^\d+:/, "");
  const withoutRelease = bare.replace(/-[^-]*$/, "");
  const forms = [name, `${name}-${withoutRelease}`, `${name}-${bare}`, `${name}-${version}`];
  return forms.some((form) => form === spec || `${form}.${architecture}` === spec);
}

function offer(line: string): Found {
  const [name = "", architecture = "", version = ""] = line.split(" ");
  return { name, architecture, version: shortly(version) };
}

/** An epoch of 0 is not said. */
function shortly(version: string): string {
  return version.replace(/^0:/, "");
}

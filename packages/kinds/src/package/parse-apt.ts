import type { InstalledPackage, PackageState } from "./package-state.ts";
import { globExpression } from "./version-wish.ts";

interface DpkgLine {
  readonly status: string;
  readonly name: string;
  readonly architecture: string;
  readonly want: string;
  readonly version: string;
}

interface Offer {
  readonly candidate?: string;
  readonly versions: readonly string[];
}

/** What dpkg, apt-cache and systemctl said, a blank line after each. */
export function parseApt(text: string, names: readonly string[]): ReadonlyMap<string, PackageState> {
  const [known = "", automatic = "", providers = "", matches = "", offers = "", services = ""] = sections(text);
  const lines = known
    .split("\n")
    .filter((line) => line !== "")
    .map(dpkgLine);
  const native = lines.find(({ name }) => name === "dpkg")?.architecture;
  const offered = parseOffers(offers);
  const running = runningServices(services);
  const states = names.map((name): [string, PackageState] => {
    if (/[*?[]/.test(name)) return [name, patternState(name, lines, matches.split("\n"))];
    const line = lines.find((each) => each.status === "installed" && isNamed(each, name, native));
    const offer = offered.get(name) ?? offered.get(name.split(":")[0] ?? "");
    if (line === undefined) return [name, absentState(name, lines, offer, providers)];
    const services = running.get(name) ?? running.get(`${line.name}:${line.architecture}`) ?? running.get(line.name);
    return [
      name,
      {
        ...{ state: "installed", manager: "apt", version: line.version, ...offer },
        ...(line.want === "hold" && { isHeld: true }),
        ...(isAutomatic(automatic, line) && { isAutomatic: true }),
        ...(services && { running: services }),
      },
    ];
  });
  return new Map(states);
}

/** Each ends with a blank line; one that is empty is that line alone. */
function sections(text: string): string[] {
  const found: string[][] = [[]];
  for (const line of text.split("\n")) {
    if (line === "") found.push([]);
    else found.at(-1)?.push(line);
  }
  return found.map((lines) => lines.join("\n"));
}

function dpkgLine(line: string): DpkgLine {
  const [status = "", name = "", architecture = "", want = "", version = ""] = line.split(" ");
  return { status, name, architecture, want, version };
}

/** Without an architecture, the host's own is meant. */
function isNamed(line: DpkgLine, name: string, native: string | undefined): boolean {
  const [base, architecture] = name.split(":");
  if (line.name !== base) return false;
  if (architecture === undefined || architecture === "native")
    return native === undefined || line.architecture === native || line.architecture === "all";
  return (
    architecture === "any" ||
    line.architecture === architecture ||
    (line.architecture === "all" && architecture === native)
  );
}

function absentState(
  name: string,
  lines: readonly DpkgLine[],
  offer: Offer | undefined,
  providers: string,
): PackageState {
  // A name that only others provide is there when one of them is.
  const provider = offer?.candidate === undefined ? providerOf(name, providers) : undefined;
  if (provider !== undefined) return { state: "installed", manager: "apt", ...provider };
  const hasConfiguration = lines.some((line) => line.name === name.split(":")[0] && line.status === "config-files");
  return { state: "absent", manager: "apt", ...offer, ...(hasConfiguration && { hasConfiguration }) };
}

function providerOf(name: string, text: string): Pick<InstalledPackage, "provider"> | undefined {
  for (const line of text.split("\n")) {
    const [status, provider = "", , ...provided] = line.split(" ");
    if (status !== "installed") continue;
    const names = provided
      .join(" ")
      .split(",")
      .map((each) => each.trim().split(" ")[0]);
    if (names.includes(name)) return { provider };
  }
  return undefined;
}

/** `php*` is installed when all that it stands for is, and absent when nothing is. */
function patternState(pattern: string, lines: readonly DpkgLine[], available: readonly string[]): PackageState {
  const isMatch = globExpression(pattern);
  const installed = lines
    .filter((line) => line.status === "installed" && isMatch.test(line.name))
    .map(({ name }) => name);
  const missing = available.filter((name) => name !== "" && isMatch.test(name) && !installed.includes(name));
  if (installed.length === 0) return { state: "absent", manager: "apt" };
  return { state: "installed", manager: "apt", ...(missing.length > 0 && { missing }) };
}

function isAutomatic(text: string, { name, architecture }: DpkgLine): boolean {
  return text.includes(`Package: ${name}\nArchitecture: ${architecture}\nAuto-Installed: 1`);
}

function parseOffers(text: string): ReadonlyMap<string, Offer> {
  const blocks = text.split(/^(?=\S)/m).filter((block) => block !== "");
  return new Map(
    blocks.map((block) => {
      const candidate = /^ {2}Candidate: (\S+)$/m.exec(block)?.[1];
      const versions = [...block.matchAll(/^ (?:\*\*\*| {3}) (\S+) -?\d+$/gm)].map(([, version = ""]) => version);
      const name = block.slice(0, block.indexOf(":\n"));
      return [name, { ...(candidate !== undefined && candidate !== "(none)" && { candidate }), versions }];
    }),
  );
}

/** Lines of `package.list:/path/unit.service`, then as many words of systemctl's. */
function runningServices(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = text.split("\n").filter((line) => line !== "");
  const files = lines.filter((line) => line.includes(".list:"));
  const words = lines.slice(files.length);
  const found = new Map<string, string[]>();
  for (const [index, file] of files.entries()) {
    if (words[index] !== "active") continue;
    const name = file.slice(0, file.indexOf(".list:"));
    const unit = file.slice(file.lastIndexOf("/") + 1);
    const units = found.get(name) ?? [];
    if (!units.includes(unit)) found.set(name, [...units, unit]);
  }
  return found;
}

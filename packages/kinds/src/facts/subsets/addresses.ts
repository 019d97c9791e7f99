export interface Address4 {
  readonly address: string;
  readonly broadcast: string;
  readonly netmask: string;
  readonly network: string;
  readonly prefix: string;
}

export interface Address6 {
  readonly address: string;
  readonly prefix: string;
  readonly scope: string;
}

/** What `ip -o addr` said: a line for each address. */
export function addressesOf(lines: readonly string[]) {
  const four: (Address4 & { readonly device: string; readonly label: string; readonly isSecondary: boolean })[] = [];
  const six: (Address6 & { readonly device: string })[] = [];
  for (const line of lines) {
    const words = line.replace(/\\.*$/s, "").trim().split(/\s+/);
    const [, name = "", family, first = "", ...rest] = words;
    const device = name.replace(/@.*$/, "").replace(/:$/, "");
    const [address = "", length = family === "inet" ? "32" : "128"] = first.split("/");
    const scope = rest[rest.indexOf("scope") + 1] ?? "";
    if (family === "inet") {
      const broadcast = rest[0] === "brd" ? (rest[1] ?? "") : "";
      const label = rest.at(-1) ?? device;
      four.push({
        address,
        broadcast,
        ...maskOf(address, Number(length)),
        prefix: length,
        device,
        label,
        isSecondary: rest.includes("secondary"),
      });
    } else if (family === "inet6") {
      const peer = rest[0] === "peer" ? rest[1]?.split("/")[1] : undefined;
      six.push({ address, prefix: peer ?? length, scope, device });
    }
  }
  return { four, six };
}

/** Local addresses and networks of the routing table. */
export function reachable(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map((line) => line.split(/\s+/)[0] ?? ""))];
}

function maskOf(address: string, length: number): Pick<Address4, "netmask" | "network"> {
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  const bits = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { netmask: dotted(mask), network: dotted((bits & mask) >>> 0) };
}

function dotted(bits: number): string {
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

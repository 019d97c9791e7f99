import type { HostPort } from "@evenkeel/core";
import { quote } from "@evenkeel/core";

/** A TCP connection or listener of a host. */
interface Connection {
  readonly address: string;
  readonly port: number;
  readonly peer: string;
  readonly state: string;
}

/** How many connections there are to a port of a host's, not counting those from some. */
export async function countConnections(
  host: HostPort,
  { address, port, states, except }: CountedConnections,
): Promise<number> {
  const own = await addressesOf(host, [address]);
  const others = await addressesOf(host, except);
  const all = await connections(host);
  return all.filter(
    (each) =>
      each.port === port && states.includes(each.state) && isAt(each.address, own) && !isAt(each.peer, others, false),
  ).length;
}

interface CountedConnections {
  readonly address: string;
  readonly port: number;
  readonly states: readonly string[];
  readonly except: readonly string[];
}

/** Whether something of the host's own listens there: asked without a connection. */
export async function listens(host: HostPort, address: string, port: number): Promise<boolean> {
  const own = await addressesOf(host, [address]);
  const all = await connections(host);
  return all.some((each) => each.state === "LISTEN" && each.port === port && isAt(each.address, own));
}

const ANY = new Set(["00000000", "0".repeat(32)]);
const states = ["", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE"].concat([
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
]);

async function connections(host: HostPort): Promise<readonly Connection[]> {
  const [answer] = await host.exchange([{ script: "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || :" }]);
  return parseConnections(Buffer.from(answer?.stdout ?? []).toString());
}

/** Reads the kernel's tables: addresses in hexadecimal, in the order of the machine's bytes. */
export function parseConnections(text: string): readonly Connection[] {
  return [...text.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):[0-9A-F]{4} ([0-9A-F]{2}) /gm)].map(
    ([, address = "", port = "", peer = "", state = ""]) => ({
      address: plain(address),
      port: Number.parseInt(port, 16),
      peer: plain(peer),
      state: states[Number.parseInt(state, 16)] ?? "",
    }),
  );
}

/** An IPv4 address in IPv6's clothes is itself. */
function plain(address: string): string {
  return address.length === 32 && address.startsWith("0000000000000000FFFF0000") ? address.slice(24) : address;
}

function isAt(address: string, wanted: ReadonlySet<string>, countsAny = true): boolean {
  return wanted.has(address) || (countsAny && ANY.has(address));
}

async function addressesOf(host: HostPort, names: readonly string[]): Promise<ReadonlySet<string>> {
  const unknown = names.filter((name) => hexAddress(name) === undefined);
  const scripts = unknown.map((name) => ({ script: `getent ahosts ${quote(name)} || :` }));
  const answers = scripts.length === 0 ? [] : await host.exchange(scripts);
  const found = answers.flatMap(({ stdout }) => Buffer.from(stdout).toString().match(/^\S+/gm) ?? []);
  return new Set([...names, ...found].flatMap((each) => hexAddress(each) ?? []));
}

/** An address as the kernel's tables have it. */
function hexAddress(address: string): string | undefined {
  const four = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
  if (four) return hexOf(Buffer.from(four));
  if (!address.includes(":")) return undefined;
  const [before = "", after] = address.replace(/%.*$/, "").split("::");
  const words = (part: string) => (part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16)));
  const head = words(before);
  const tail = after === undefined ? [] : words(after);
  const all = [...head, ...Array(8 - head.length - tail.length).fill(0), ...tail];
  return plain(hexOf(Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]))));
}

/** Four bytes at a time, the last one first: as a little-endian machine prints them. */
function hexOf(bytes: Buffer): string {
  return Buffer.from(bytes).swap32().toString("hex").toUpperCase();
}

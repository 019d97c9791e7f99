import { readFileSync } from "node:fs";
import type { Port } from "../engine/run-arguments.ts";

/** A lab's share of the machine's addresses: the third number of both, so that one claim covers all its hosts. */
export type Slot = number;

export const firstSlot: Slot = 10;
export const lastSlot: Slot = 254;

/** Hosts are numbered from 1; the network's gateway has the last address. */
export const lastHostNumber = 253;

// 198.18.0.0/15 is set aside for test networks, so no office, home or VPN lies behind it.
const inner = (slot: Slot, number: number | string): string => `198.19.${slot}.${number}`;

export const subnetOf = (slot: Slot): string => `${inner(slot, 0)}/24`;

export const gatewayOf = (slot: Slot): string => inner(slot, 254);

export const innerAddress = (slot: Slot, number: number): string => inner(slot, number);

/** The same at each boot: with a new one the machine and the other hosts would go on sending to the old for half a minute. */
export const hardwareAddress = (slot: Slot, number: number): string =>
  ["02", "ec", "13", ...[slot, number, 0].map((part) => part.toString(16).padStart(2, "0"))].join(":");

export const loopbackAddress = (slot: Slot, number: number): string => `127.0.${slot}.${number}`;

export const slotOfSubnet = (subnet: string): Slot => Number(subnet.split(".")[2]);

const usualPorts: readonly Port[] = [
  { number: 22, protocol: "tcp" },
  { number: 80, protocol: "tcp" },
  { number: 443, protocol: "tcp" },
  { number: 53, protocol: "tcp" },
  { number: 53, protocol: "udp" },
];

export function portsOf(publish: readonly number[] = []): Port[] {
  const usual = new Set(usualPorts.map(({ number }) => number));
  const more = [...new Set(publish)].filter((number) => !usual.has(number));
  return [...usualPorts, ...more.map((number) => ({ number, protocol: "tcp" as const }))];
}

/** The ports of a host that a program of this machine holds on every address; no loopback address can publish them. */
export function takenPorts(ports: readonly Port[], read: (table: string) => string = readTable): Port[] {
  const held = { tcp: wildcardPorts("tcp", read), udp: wildcardPorts("udp", read) };
  return ports.filter(({ number, protocol }) => held[protocol].has(number));
}

function wildcardPorts(protocol: "tcp" | "udp", read: (table: string) => string): Set<number> {
  const open = protocol === "tcp" ? "0A" : "07";
  const rows = [protocol, `${protocol}6`].flatMap((table) => read(table).split("\n").slice(1));
  const ports = rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === open && /^0+$/.test(address) && port !== "" ? [Number.parseInt(port, 16)] : [];
  });
  return new Set(ports);
}

function readTable(table: string): string {
  try {
    return readFileSync(`/proc/net/${table}`, "utf8");
  } catch (error) {
    // A kernel without IPv6 has no such table.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

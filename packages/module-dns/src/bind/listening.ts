import { readWords } from "@evenkeel/core";
import { ipv6 } from "../records/address.ts";

export function listeningScript(): string {
  return readWords(new URL("./listening.sh", import.meta.url));
}

/** The addresses at which named answers over TCP on port 53. */
export function readListening(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const sockets = new Set(lines.flatMap((line) => (line.startsWith("socket ") ? [line.slice(7)] : [])));
  const open = lines.flatMap((line) => {
    const [, local = "", , state, , , , , , inode = ""] = line.split(/\s+/);
    const [address = "", port] = local.split(":");
    if (state !== "0A" || port !== "0035") return [];
    return [{ address: addressOf(address), inode }];
  });
  // Where nobody may look into named's sockets, all who listen there are asked, but for systemd's own resolver.
  const own = open.filter(({ inode }) => sockets.has(inode));
  const chosen = own.length > 0 ? own : open.filter(({ address }) => !/^127\.0\.0\.5[34]$/.test(address));
  return [...new Set(chosen.map(({ address }) => wildcards[address] ?? address))].filter(
    // An address of a link means nothing without the link's name, which tunnels cannot say.
    (address) => !address.startsWith("fe80:"),
  );
}

const wildcards: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** The kernel writes each four bytes as a number of the machine's own byte order; ours are all little-endian. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
  const text = bytes.join("").match(/.{4}/g)?.join(":") ?? "";
  return ipv6(text) ?? text;
}

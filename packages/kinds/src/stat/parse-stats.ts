import type { PresentStat, StatState } from "./stat-state.ts";

/** Reads what `read.sh` printed. */
export function parseStats(output: Uint8Array, paths: readonly string[]): ReadonlyMap<string, StatState> {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  let at = 0;
  const upTo = (end: number) => {
    const found = bytes.indexOf(end, at);
    const text = bytes.toString("utf8", at, found < 0 ? bytes.length : found);
    at = found < 0 ? bytes.length : found + 1;
    return text;
  };
  const letters = [...upTo(0x0a)];
  const there = letters.flatMap((letter, index) => (letter === "a" ? [] : [{ letter, index }]));
  const may = there.map(() => upTo(0x0a));
  const stats = there.map(() => upTo(0x0a));
  const links = there.map(({ letter }) => (letter === "l" ? { target: upTo(0), source: upTo(0) } : undefined));
  upTo(0x0a);
  const [sums = "", mimes = "", flags = ""] = sections(bytes.toString("utf8", at));
  const sumOf = each(sums, /^\\?([0-9a-f]{32,128}) [ *]/gm);
  const mimeOf = each(mimes, /^(.+); charset=(.+)$/gm);
  const flagsOf = each(flags, /^\s*(\S+) +([-a-zA-Z]+) /gm);
  const files = there.filter(({ letter }) => letter === "f");
  const states = new Map<string, StatState>(paths.map((path) => [path, { state: "absent" }]));
  for (const [order, { letter, index }] of there.entries()) {
    const checksum = letter === "f" ? sumOf[files.findIndex((file) => file.index === index)]?.[1] : undefined;
    const [, type, charset] = mimeOf.length === there.length ? (mimeOf[order] ?? []) : [];
    const [, version, letters_] = flagsOf.length === there.length ? (flagsOf[order] ?? []) : [];
    states.set(paths[index] ?? "", {
      ...readStatLine(stats[order] ?? "", may[order] ?? ""),
      ...links[order],
      ...(checksum && { checksum }),
      ...(type !== undefined && charset !== undefined && { mime: { type, charset } }),
      ...(version !== undefined &&
        letters_ !== undefined && { flags: { version, letters: letters_.replaceAll("-", "") } }),
    });
  }
  return states;
}

/** Three parts, each ended by an empty line. */
function sections(text: string): readonly string[] {
  return text.split(/(?<=^|\n)\n/);
}

function each(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  return [...text.matchAll(pattern)];
}

/** One line of attributes; `may` says what who asks may do with it. */
export function readStatLine(line: string, may: string): PresentStat {
  const [bits = "", uid, gid, size, inode, device, links, ...rest] = line.split(":");
  const [a, m, c, accessed, modified, changed, blocks, blockSize, major = "0", minor = "0", owner = "", group = ""] =
    rest;
  return {
    state: "present",
    bits: Number.parseInt(bits, 16),
    ...{ uid: Number(uid), gid: Number(gid), size: Number(size), inode: Number(inode) },
    ...{ device: Number(device), links: Number(links), blocks: Number(blocks), blockSize: Number(blockSize) },
    ...{ accessed: seconds(a, accessed), modified: seconds(m, modified), changed: seconds(c, changed) },
    deviceType: deviceNumber(Number.parseInt(major, 16), Number.parseInt(minor, 16)),
    owner: owner === "UNKNOWN" ? undefined : owner,
    group: group === "UNKNOWN" ? undefined : group,
    ...{ readable: may.includes("r"), writeable: may.includes("w"), executable: may.includes("x") },
  };
}

/** With parts of a second where the host's stat can say them. */
function seconds(fine: string | undefined, whole: string | undefined): number {
  return fine !== undefined && /^\d+\.\d+$/.test(fine) ? Number(fine) : Number(whole);
}

function deviceNumber(major: number, minor: number): number {
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor >>> 8) * 0x100000;
}

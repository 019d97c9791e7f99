/** What a tar stream carries of one thing. */
export interface TarEntry {
  /** Relative, with `/`. */
  readonly path: string;
  readonly kind: "file" | "directory" | "link";
  readonly mode: number;
  readonly size: number;
  /** Where a link points. */
  readonly target?: string;
}

const BLOCK = 512;
const types = { file: "0", directory: "5", link: "2" };

/** The header of an entry in ustar form; a path or target too long for it goes before, the way GNU tar does it. */
export function tarHeader(entry: TarEntry): Buffer {
  const path = entry.kind === "directory" ? `${entry.path}/` : entry.path;
  const target = entry.target ?? "";
  return Buffer.concat([
    ...(Buffer.byteLength(path) > 100 ? longName("L", path) : []),
    ...(Buffer.byteLength(target) > 100 ? longName("K", target) : []),
    block(path, types[entry.kind], entry.kind === "file" ? entry.size : 0, entry.mode, target),
  ]);
}

/** What follows a file's bytes, up to the next whole block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** The end of a tar stream. */
export const tarEnd: Buffer = Buffer.alloc(2 * BLOCK);

function longName(type: string, text: string): Buffer[] {
  const bytes = Buffer.from(`${text}\0`);
  return [block("././@LongLink", type, bytes.length, 0o644, ""), bytes, tarPadding(bytes.length)];
}

function block(path: string, type: string, size: number, mode: number, target: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const field = (text: string, at: number, most: number) => Buffer.from(text).copy(header, at, 0, most);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  field(path, 0, 100);
  field(octal(mode & 0o7777, 7), 100, 8);
  field(octal(0, 7), 108, 8);
  field(octal(0, 7), 116, 8);
  writeSize(header, size);
  field(octal(0, 11), 136, 12);
  field("        ", 148, 8);
  field(type, 156, 1);
  field(target, 157, 100);
  field("ustar  \0", 257, 8);
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8);
  return header;
}

/** Eleven octal digits end at 8 GiB; beyond that it is binary, with the top bit set. */
function writeSize(header: Buffer, size: number): void {
  if (size < 8 ** 11) {
    header.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
    return;
  }
  header.writeUInt8(0x80, 124);
  header.writeBigUInt64BE(BigInt(size), 128);
}

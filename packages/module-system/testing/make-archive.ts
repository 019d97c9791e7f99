import { crc32 } from "node:zlib";

/** One thing in an archive, however wicked. */
export interface ArchiveEntry {
  readonly name: string;
  /** As tar calls it: 0 file, 1 other name of a file, 2 link, 3 character device, 5 folder. */
  readonly type?: "0" | "1" | "2" | "3" | "5";
  readonly mode?: number;
  readonly content?: string;
  readonly link?: string;
}

/** A tar file, with names and types that no tar would write. */
export function makeTar(entries: readonly ArchiveEntry[]): Buffer {
  const parts = entries.flatMap(({ name, type = "0", mode = 0o644, content = "", link = "" }) => {
    const header = Buffer.alloc(512);
    const body = Buffer.from(content);
    header.write(name, 0, 100);
    header.write(`${mode.toString(8).padStart(7, "0")}\0${"0".repeat(7)}\0${"0".repeat(7)}\0`, 100);
    header.write(`${body.length.toString(8).padStart(11, "0")}\0${"14000000000"}\0        `, 124);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write("ustar\x0000", 257, "latin1");
    header.write(`${"0".repeat(6)}1\0${"0".repeat(6)}3\0`, 329);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

/** A zip file, nothing in it compressed. */
export function makeZip(entries: readonly ArchiveEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, content = "", mode = 0o644, type = "0" } of entries) {
    const [bytes, body] = [Buffer.from(name), Buffer.from(content)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(bytes.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, bytes, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((((type === "2" ? 0o120000 : 0o100000) | mode) << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, rest, bytes]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

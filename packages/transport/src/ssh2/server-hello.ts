/** What a server says of itself in clear text before the key exchange. */
export interface ServerHello {
  /** Lines before the identification: where an overloaded sshd says why it closes. */
  readonly preamble: readonly string[];
  /** `OpenSSH_9.2p1`; absent until the identification has come. */
  readonly software?: string;
  readonly kex: readonly string[];
  readonly hostKeys: readonly string[];
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
  readonly isStrict: boolean;
}

const LIMIT = 64 * 1024;
const KEXINIT = 20;

/** Reads along with ssh2, which keeps these facts to itself, and stops listening when it has them. */
export class ServerHelloReader {
  #bytes = Buffer.alloc(0);
  #hello: ServerHello = { preamble: [], kex: [], hostKeys: [], ciphers: [], macs: [], isStrict: false };
  isDone = false;

  get hello(): ServerHello {
    return this.#hello;
  }

  read(chunk: Buffer): void {
    if (this.isDone) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#hello = readServerHello(this.#bytes);
    this.isDone = this.#hello.kex.length > 0 || this.#bytes.length > LIMIT;
    if (this.isDone) this.#bytes = Buffer.alloc(0);
  }
}

/** Reads as much of a hello as has come. */
export function readServerHello(bytes: Buffer): ServerHello {
  const lines: string[] = [];
  let at = 0;
  let software: string | undefined;
  while (software === undefined) {
    const end = bytes.indexOf(10, at);
    const line = bytes.toString("latin1", at, end === -1 ? undefined : end).replace(/\r$/, "");
    software = end === -1 ? undefined : /^SSH-(?:2\.0|1\.99)-([^ ]+)/.exec(line)?.[1];
    if (software === undefined && line !== "" && !line.startsWith("SSH-")) lines.push(line);
    if (end === -1) break;
    at = end + 1;
  }
  const lists = software === undefined ? undefined : readKexInit(bytes.subarray(at));
  const [kex = [], hostKeys = [], ciphers = [], , macs = []] = lists ?? [];
  return {
    preamble: lines,
    ...(software === undefined ? {} : { software }),
    kex,
    hostKeys,
    ciphers,
    macs,
    isStrict: kex.includes("kex-strict-s-v00@openssh.com"),
  };
}

/** RFC 4253, sections 6 and 7.1: length, padding, type, cookie, then ten lists of names. */
function readKexInit(packet: Buffer): string[][] | undefined {
  if (packet.length < 6 || packet.length < 4 + packet.readUInt32BE(0) || packet[5] !== KEXINIT) return undefined;
  const lists: string[][] = [];
  for (let at = 22; lists.length < 10; ) {
    if (at + 4 > packet.length) return undefined;
    const length = packet.readUInt32BE(at);
    if (at + 4 + length > packet.length) return undefined;
    lists.push(packet.toString("latin1", at + 4, at + 4 + length).split(","));
    at += 4 + length;
  }
  return lists;
}

import type { Place } from "@evenkeel/core";

/** One usable line of a known_hosts file. */
export interface KnownHost {
  readonly marker: "none" | "revoked" | "authority";
  /** The first field as written: patterns, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  /** The key as it travels. */
  readonly key: Buffer;
  readonly place: Place & { readonly line: number };
}

/** Reads a known_hosts file as OpenSSH does, which passes over lines that it cannot read (hostfile.c). */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split("\n").flatMap((line, index) => parseLine(line, { file, line: index + 1 }) ?? []);
}

const MARKERS: Readonly<Record<string, KnownHost["marker"]>> = {
  "@revoked": "revoked",
  "@cert-authority": "authority",
};

function parseLine(line: string, place: KnownHost["place"]): KnownHost | undefined {
  // C ends a string at NUL.
  const fields = line.split("\0", 1)[0]?.replace(/^[ \t]+/, "") ?? "";
  if (fields === "" || fields.startsWith("#")) return undefined;
  const marked = /^(@[^ \t]*)[ \t]+(.*)$/s.exec(fields);
  const marker = marked === null ? "none" : MARKERS[marked[1] ?? ""];
  const rest = marked === null ? fields : (marked[2] ?? "");
  if (marker === undefined || rest.startsWith("@")) return undefined;
  const [, hosts, type, base64] = /^([^ \t]+)[ \t]+([^ \t#][^ \t]*)[ \t]+([^ \t]+)/.exec(rest) ?? [];
  if (hosts === undefined || type === undefined || base64 === undefined) return undefined;
  const key = decodeKey(base64, type);
  return key && { marker, hosts, keyType: keyTypeOf(key), key, place };
}

/** How many strings follow the type in a key, and how long the first must be where that is fixed. */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  "ssh-ed25519": 1,
  "ssh-rsa": 2,
  "ssh-dss": 4,
  "ecdsa-sha2-nistp256": 2,
  "ecdsa-sha2-nistp384": 2,
  "ecdsa-sha2-nistp521": 2,
  "sk-ssh-ed25519@openssh.com": 2,
  "sk-ecdsa-sha2-nistp256@openssh.com": 3,
};

/** Signature names of RSA, which OpenSSH reads as the key's type too. */
const RSA_NAMES = new Set(["rsa-sha2-256", "rsa-sha2-512"]);

function decodeKey(base64: string, writtenType: string): Buffer | undefined {
  // OpenSSH's decoder passes over what C calls space: a file with CRLF works.
  const compact = base64.replace(/[\r\v\f]/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  const key = Buffer.from(compact, "base64");
  const type = RSA_NAMES.has(writtenType) ? "ssh-rsa" : writtenType;
  return keyTypeOf(key) === type && countFields(key) === (KEY_FIELDS[type] ?? -1) + 1 ? key : undefined;
}

/** The type that a key names itself: `ssh-ed25519`. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return "";
  return key.toString("latin1", 4, 4 + key.readUInt32BE(0));
}

/** How many length-prefixed strings fill the key exactly, or NaN. */
function countFields(key: Buffer): number {
  let count = 0;
  let at = 0;
  while (at + 4 <= key.length) {
    at += 4 + key.readUInt32BE(at);
    count++;
  }
  return at === key.length ? count : Number.NaN;
}

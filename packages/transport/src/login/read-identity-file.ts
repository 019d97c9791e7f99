import { createPrivateKey } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { ParsedKey } from "ssh2";
import type { Ssh2 } from "../ssh2/load-ssh2.ts";

/** What an identity file turned out to hold. */
export type IdentityFile =
  | { readonly kind: "key"; readonly key: ParsedKey }
  /** Encrypted; the public half may be known all the same. */
  | { readonly kind: "locked"; readonly publicKey?: ParsedKey; unlock(passphrase: string): ParsedKey | Error }
  /** The private half is elsewhere: in an agent. */
  | { readonly kind: "public"; readonly publicKey: ParsedKey }
  | { readonly kind: "unusable"; readonly why: string; readonly needsOpenssh?: true }
  | { readonly kind: "missing" };

type ParseKey = Ssh2["parseKey"];

/** Reads one identity file, refusing a private key that others can read, as OpenSSH does. */
export async function readIdentityFile(path: string, parseKey: ParseKey): Promise<IdentityFile> {
  let text: string;
  try {
    const [status, content] = await Promise.all([stat(path), readFile(path, "latin1")]);
    text = content;
    if (!isPublic(text) && isExposed(status)) {
      return {
        kind: "unusable",
        why: `${path} can be read by others, so ssh would not use it either: chmod 600 ${path}`,
      };
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? { kind: "missing" } : { kind: "unusable", why: message };
  }
  return readIdentity(text, path, parseKey);
}

const isPublic = (text: string): boolean => /^(ssh-|ecdsa-|sk-)/.test(text);

const isExposed = ({ uid, mode }: { uid: number; mode: number }): boolean =>
  uid === process.getuid?.() && (mode & 0o077) !== 0;

async function readIdentity(text: string, path: string, parseKey: ParseKey): Promise<IdentityFile> {
  const publicType = publicTypeOf(text);
  if (publicType?.startsWith("sk-")) {
    return { kind: "unusable", why: `${path} is a FIDO key (${publicType})`, needsOpenssh: true };
  }
  const key = parseOne(parseKey, text);
  if (key instanceof Error) {
    if (!isEncrypted(text))
      return { kind: "unusable", why: `${path} is no private key that we can read: ${key.message}` };
    const publicText = publicBlobOf(text) ?? (await readFile(`${path}.pub`, "latin1").catch(() => undefined));
    const publicKey = publicText === undefined ? undefined : parseOne(parseKey, publicText);
    return {
      kind: "locked",
      ...(publicKey !== undefined && !(publicKey instanceof Error) && { publicKey }),
      unlock: (passphrase) => parseOne(parseKey, text, passphrase),
    };
  }
  return key.isPrivateKey() ? { kind: "key", key } : { kind: "public", publicKey: key };
}

function isEncrypted(text: string): boolean {
  return /ENCRYPTED/.test(text) || publicBlobOf(text) !== undefined;
}

/** One key, in any of ssh2's forms or in PKCS#8, which ssh2 does not know. */
function parseOne(parseKey: ParseKey, data: string | Buffer, passphrase?: string): ParsedKey | Error {
  try {
    const parsed = parseKey(typeof data === "string" ? fromPkcs8(data, passphrase) : data, passphrase);
    return Array.isArray(parsed) ? (parsed[0] ?? new Error("the file holds no key")) : parsed;
  } catch (error) {
    return error as Error;
  }
}

function fromPkcs8(text: string, passphrase?: string): string {
  if (!/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text.trimStart())) return text;
  const key = createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  return key.export({ format: "pem", type: key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1" }).toString();
}

/** The type that the file's public half names, whether or not ssh2 can read it. */
function publicTypeOf(text: string): string | undefined {
  if (isPublic(text)) return text.split(/\s/, 1)[0];
  const blob = publicBlobOf(text);
  return blob?.toString("latin1", 4, 4 + blob.readUInt32BE(0));
}

const MAGIC = "openssh-key-v1\0";

/** OpenSSH's own format keeps the public half in clear before the encrypted part (PROTOCOL.key). */
function publicBlobOf(text: string): Buffer | undefined {
  const [, base64] = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text) ?? [];
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  let at = MAGIC.length;
  try {
    // Cipher, key derivation and its options; then how many keys; then the first public key.
    for (let skipped = 0; skipped < 3; skipped++) at += 4 + bytes.readUInt32BE(at);
    const length = bytes.readUInt32BE(at + 4);
    return bytes.subarray(at + 8, at + 8 + length);
  } catch {
    return undefined;
  }
}

import { createHmac } from "node:crypto";
import { foldCase, matchPatternList } from "./match-pattern.ts";
import type { KnownHost } from "./parse-known-hosts.ts";

/** Under which name a host's key is looked up. */
export interface HostName {
  readonly host: string;
  readonly port: number;
  readonly hostKeyAlias?: string;
}

export type Verdict =
  | { readonly kind: "matched"; readonly by: KnownHost }
  /** Nothing is known of this host. */
  | { readonly kind: "unknown" }
  /** Other keys are known, and not this one. */
  | { readonly kind: "changed"; readonly known: readonly KnownHost[] }
  | { readonly kind: "revoked"; readonly by: KnownHost }
  /** Only a certificate authority is known, and ssh2 has no host certificates. */
  | { readonly kind: "authority-only"; readonly known: readonly KnownHost[] };

/** OpenSSH's verdict on the key that a host shows (sshconnect.c, hostfile.c), with CheckHostIP off as it is by default. */
export function judgeHostKey(entries: readonly KnownHost[], { key, ...name }: HostName & { key: Buffer }): Verdict {
  const verdict = judge(knownUnder(entries, lookupName(name)), key);
  if (verdict.kind !== "unknown" || name.hostKeyAlias !== undefined || name.port === 22) return verdict;
  // A key recorded before the port was known counts, if it is the same one.
  const withoutPort = judge(knownUnder(entries, lookupName({ ...name, port: 22 })), key);
  return withoutPort.kind === "matched" ? withoutPort : verdict;
}

/** The kinds of key that we would believe, so that the host can be asked for one of these. */
export function knownKeyTypes(entries: readonly KnownHost[], name: HostName): string[] {
  const named = knownUnder(entries, lookupName(name));
  const usable = named.length > 0 ? named : knownUnder(entries, lookupName({ ...name, port: 22 }));
  return [...new Set(usable.filter(({ marker }) => marker === "none").map(({ keyType }) => keyType))];
}

/** `host`, `[host]:port`, or the alias, which takes no port; in small letters. */
export function lookupName({ host, port, hostKeyAlias }: HostName): string {
  if (hostKeyAlias !== undefined) return foldCase(hostKeyAlias);
  const folded = foldCase(host);
  return port === 22 ? folded : `[${folded}]:${port}`;
}

function knownUnder(entries: readonly KnownHost[], name: string): KnownHost[] {
  return entries.filter(({ hosts }) => (hosts.startsWith("|") ? isHashOf(hosts, name) : matchPatternList(name, hosts)));
}

function isHashOf(hashed: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|(.+)$/.exec(hashed) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const secret = Buffer.from(salt, "base64");
  return secret.length === 20 && createHmac("sha1", secret).update(name).digest("base64") === hash;
}

function judge(known: readonly KnownHost[], key: Buffer): Verdict {
  const having = (marker: KnownHost["marker"]) => known.filter((entry) => entry.marker === marker);
  const revoked = having("revoked").find((entry) => entry.key.equals(key));
  if (revoked) return { kind: "revoked", by: revoked };
  const plain = having("none");
  const same = plain.find((entry) => entry.key.equals(key));
  if (same) return { kind: "matched", by: same };
  if (plain.length > 0) return { kind: "changed", known: plain };
  const authorities = having("authority");
  return authorities.length > 0 ? { kind: "authority-only", known: authorities } : { kind: "unknown" };
}

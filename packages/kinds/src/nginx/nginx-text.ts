import type { Secret } from "@evenkeel/core";

/** A line of a configuration, and where in a playbook it came from: so that what nginx says of it can be told there. */
export interface NginxLine {
  readonly text: string;
  /** A parameter, as people write it: `tls.certificate`, `locations[1].raw, line 2`. */
  readonly from?: string;
  /** Only for hosts that are so. */
  readonly when?: NginxCondition;
}

export type NginxText = readonly NginxLine[];

export interface NginxCondition {
  /** The versions from which on, and before which, a line is right. */
  readonly since?: string;
  readonly before?: string;
  readonly opensslSince?: string;
  readonly opensslBefore?: string;
  /** The kernel speaks IPv6. */
  readonly hasIpv6?: true;
}

/** What of a host decides how its configuration is written. */
export interface NginxAbilities {
  readonly version?: string | undefined;
  readonly openssl?: string | undefined;
  readonly hasIpv6?: boolean | undefined;
  /** It is not there yet: this is what its package is expected to bring. */
  readonly isGuess?: boolean;
}

/** The lines that are right for a host. What is not known is taken to be new. */
export function linesFor(text: NginxText, host: NginxAbilities): NginxText {
  return text.filter(({ when }) => when === undefined || isMet(when, host));
}

export function textFor(text: NginxText, host: NginxAbilities): string {
  return linesFor(text, host)
    .map(({ text: line }) => `${line}\n`)
    .join("");
}

/** Lines of one text that somebody wrote; `from` says where. */
export function linesOf(text: string, from: string, indent = ""): NginxText {
  return text
    .replace(/\n+$/, "")
    .split("\n")
    .map((line, index) => ({ text: line === "" ? "" : `${indent}${line}`, from: `${from}, line ${index + 1}` }));
}

/** A name as a part of nginx's variables and zones; no two names are the same one. */
export function nginxNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (sign) => (sign === "_" ? "__" : `_${sign.charCodeAt(0).toString(16)}`));
}

export function isText(content: NginxText | Secret): content is NginxText {
  return Array.isArray(content);
}

function isMet({ since, before, opensslSince, opensslBefore, hasIpv6 }: NginxCondition, host: NginxAbilities) {
  if (since !== undefined && !isSince(host.version, since)) return false;
  if (before !== undefined && isSince(host.version, before)) return false;
  if (opensslSince !== undefined && !isSince(host.openssl, opensslSince)) return false;
  if (opensslBefore !== undefined && isSince(host.openssl, opensslBefore)) return false;
  return hasIpv6 === undefined || host.hasIpv6 !== false;
}

/** Whether a version is this one or newer; of an unknown one that is assumed. */
export function isSince(version: string | undefined, wanted: string): boolean {
  if (version === undefined) return true;
  const [actual, least] = [numbersIn(version), numbersIn(wanted)];
  for (const [index, number] of least.entries()) {
    const other = actual[index] ?? 0;
    if (other !== number) return other > number;
  }
  return true;
}

function numbersIn(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? "0").split(".").map(Number);
}

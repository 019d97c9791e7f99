import { wrongValue } from "../python/fault.ts";
import { order } from "../python/order.ts";
import { comparePep440 } from "./pep440.ts";

export type VersionKind = "loose" | "strict" | "semver" | "semantic" | "pep440";

export function isVersionKind(name: string): name is VersionKind {
  return ["loose", "strict", "semver", "semantic", "pep440"].includes(name);
}

/** Below zero when the first version is the older one. */
export function compareVersions(one: string, other: string, kind: VersionKind): number {
  if (kind === "loose") return order(readLoose(one), readLoose(other));
  if (kind === "strict") return compareStrict(readStrict(one), readStrict(other));
  return kind === "pep440" ? comparePep440(one, other) : compareSemantic(readSemantic(one), readSemantic(other));
}

/** Numbers and words, one after another. */
function readLoose(version: string): unknown[] {
  const parts = version.split(/(\d+|[a-z]+|\.)/).filter((part) => part !== "" && part !== ".");
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

interface Strict {
  readonly numbers: readonly number[];
  readonly before: readonly [string, number] | undefined;
}

function readStrict(version: string): Strict {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/.exec(version);
  if (match === null)
    throw wrongValue(`invalid version number '${version}'`, "a strict version is like 1.2, 1.2.3 or 1.2b1");
  const [, major, minor, patch = "0", letter, number] = match;
  return {
    numbers: [major, minor, patch].map(Number),
    before: letter === undefined ? undefined : [letter, Number(number)],
  };
}

function compareStrict(one: Strict, other: Strict): number {
  const by = order([...one.numbers], [...other.numbers]);
  if (by !== 0) return by;
  if (one.before === undefined || other.before === undefined)
    return Number(one.before === undefined) - Number(other.before === undefined);
  return order([...one.before], [...other.before]);
}

interface Semantic {
  readonly core: readonly number[];
  readonly before: readonly (string | number)[];
}

function readSemantic(version: string): Semantic {
  const part = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
  const number = "(0|[1-9]\\d*)";
  const match = new RegExp(
    `^${number}\\.${number}\\.${number}(?:-(${part}(?:\\.${part})*))?(?:\\+[0-9a-zA-Z.-]+)?$`,
  ).exec(version);
  if (match === null)
    throw wrongValue(`invalid semantic version '${version}'`, "a semantic version is like 1.2.3 or 1.2.3-rc.1");
  const [, major, minor, patch, before] = match;
  return {
    core: [major, minor, patch].map(Number),
    before: before?.split(".").map((each) => (/^\d+$/.test(each) ? Number(each) : each)) ?? [],
  };
}

function compareSemantic(one: Semantic, other: Semantic): number {
  const by = order([...one.core], [...other.core]);
  if (by !== 0) return by;
  if (one.before.length === 0 || other.before.length === 0)
    return Number(other.before.length > 0) - Number(one.before.length > 0);
  for (const [index, part] of one.before.entries()) {
    const wanted = other.before[index];
    if (wanted === undefined) return 1;
    if (typeof part !== typeof wanted) return typeof part === "number" ? -1 : 1;
    if (part !== wanted) return part < wanted ? -1 : 1;
  }
  return one.before.length - other.before.length;
}

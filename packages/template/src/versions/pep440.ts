import { wrongValue } from "../python/fault.ts";

const pattern =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i;

const stages: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };

/** Python's own versions: https://peps.python.org/pep-0440/ */
export function comparePep440(one: string, other: string): number {
  return compare(read(one), read(other));
}

type Key = readonly (number | readonly (number | string)[])[];

/** What is compared first comes first: epoch, release, stage before it, releases after it, development, local. */
function read(version: string): Key {
  const match = pattern.exec(version);
  if (match === null) throw wrongValue(`Invalid version: '${version}'`);
  const [, epoch = "0", release = "", stage, stageNumber, shortPost, post, postNumber, dev, devNumber, local] = match;
  const isPost = post !== undefined || shortPost !== undefined;
  const before =
    stage === undefined
      ? !isPost && dev !== undefined
        ? [-1, 0]
        : [3, 0]
      : [stages[stage.toLowerCase()] ?? 2, Number(stageNumber || 0)];
  return [
    Number(epoch),
    release
      .replace(/(?:\.0+)+$/, "")
      .split(".")
      .map(Number),
    before,
    isPost ? Number(shortPost ?? (postNumber || 0)) : -1,
    dev === undefined ? Number.POSITIVE_INFINITY : Number(devNumber || 0),
    local
      ?.toLowerCase()
      .split(/[-_.]/)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part)) ?? [],
  ];
}

function compare(one: Key, other: Key): number {
  for (const [index, part] of one.entries()) {
    const by = comparePart(part, other[index] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}

function comparePart(one: Key[number], other: Key[number]): number {
  if (typeof one === "number" || typeof other === "number") return one === other ? 0 : Number(one) - Number(other);
  for (const [index, part] of one.entries()) {
    const wanted = other[index];
    if (wanted === undefined) return 1;
    if (typeof part !== typeof wanted) return typeof part === "number" ? 1 : -1;
    if (part !== wanted) return part < wanted ? -1 : 1;
  }
  return one.length - other.length;
}

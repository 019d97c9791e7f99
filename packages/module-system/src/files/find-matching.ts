import { InputError } from "@evenkeel/core";
import type { FindState, Found } from "@evenkeel/kinds";
import { octalMode } from "@evenkeel/kinds";
import { pythonPattern } from "./text/python-pattern.ts";
import { shellPattern } from "./text/shell-pattern.ts";

interface Conditions {
  readonly patterns?: readonly string[];
  readonly excludes?: readonly string[];
  readonly use_regex: boolean;
  readonly contains?: string;
  readonly read_whole_file: boolean;
  readonly file_type: "any" | "directory" | "file" | "link";
  readonly age?: string;
  readonly age_stamp: "atime" | "ctime" | "mtime";
  readonly size?: string;
  readonly mode?: string;
  readonly exact_mode: boolean;
}

/** Of what a host found, what fits in all that its own `find` was not asked. */
export function matching(
  { now, found }: Extract<FindState, { state: "present" }>,
  conditions: Conditions,
): readonly Found[] {
  const tests = [sortTest, nameTest, ageTest, sizeTest, modeTest, contentTest].map((test) => test(conditions, now));
  return found.filter((each) => tests.every((test) => test(each)));
}

type Test = (found: Found) => boolean;

const SORTS = { directory: 0o040000, file: 0o100000, link: 0o120000 };

function isFile({ bits }: Found): boolean {
  return (bits & 0o170000) === SORTS.file;
}

function sortTest({ file_type }: Conditions): Test {
  return ({ bits }) => file_type === "any" || (bits & 0o170000) === SORTS[file_type];
}

function nameTest({ patterns = [], excludes = [], use_regex }: Conditions): Test {
  const read = (source: string) => (use_regex ? pythonPattern(source, { atStart: true }) : shellPattern(source));
  const [wanted, unwanted] = [patterns.map(read), excludes.map(read)];
  return ({ path }) => {
    const name = path.replace(/^.*\//s, "");
    const isWanted = wanted.length === 0 || wanted.some((pattern) => pattern.test(name));
    return isWanted && !unwanted.some((pattern) => pattern.test(name));
  };
}

function ageTest({ age, age_stamp }: Conditions, now: number): Test {
  const seconds = measured("age", age, { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 });
  const times = { atime: "accessed", ctime: "changed", mtime: "modified" } as const;
  return (found) => seconds === undefined || isWithin(now - found[times[age_stamp]], seconds);
}

/** Only files have a size that counts. */
function sizeTest({ size }: Conditions): Test {
  const bytes = measured("size", size, { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 });
  return (found) => bytes === undefined || !isFile(found) || isWithin(found.size, bytes);
}

/** At least so much, or, said with a minus, at most. */
function isWithin(amount: number, { limit, isMost }: { readonly limit: number; readonly isMost: boolean }): boolean {
  return isMost ? amount <= limit : amount >= limit;
}

function measured(what: string, text: string | undefined, units: Readonly<Record<string, number>>) {
  if (text === undefined || text === "") return undefined;
  const [, minus, amount, unit = ""] = /^(-?)(\d+)([a-z]?)$/.exec(text.toLowerCase()) ?? [];
  const factor = unit === "" ? 1 : units[unit];
  if (amount !== undefined && factor !== undefined) return { limit: Number(amount) * factor, isMost: minus === "-" };
  throw new InputError({
    code: `find/${what}`,
    message: `not a ${what}: ${text}`,
    hint: `a number with one of ${Object.keys(units).join(" ")}`,
  });
}

function modeTest({ mode, exact_mode }: Conditions): Test {
  if (mode === undefined || mode === "") return () => true;
  const wanted = Number.parseInt(octalMode(mode, { mode: "0000", isDirectory: false }), 8);
  return ({ bits }) => (exact_mode ? (bits & 0o7777) === wanted : (bits & wanted) !== 0);
}

/** A line must begin with it, as Python's `match` has it; in a whole file it may be anywhere. */
function contentTest({ contains, read_whole_file, file_type }: Conditions): Test {
  if (contains === undefined || file_type !== "file") return () => true;
  const pattern = read_whole_file ? pythonPattern(contains) : pythonPattern(contains, { atStart: true });
  return ({ text }) => {
    if (text === undefined) return false;
    return read_whole_file
      ? pattern.test(text)
      : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).some((line) => pattern.test(line));
  };
}

import { intArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import { readInt } from "../python/read-number.ts";
import { toText } from "../python/repr.ts";
import { escapePattern } from "../syntax/escape-pattern.ts";
import { readText } from "./file-lookups.ts";
import { mustFind } from "./find-file.ts";
import type { Lookup } from "./lookup.ts";
import { readPairs } from "./read-pairs.ts";

const known = new Set(["col", "keycol", "default", "delimiter", "file", "encoding"]);

/** A column of the row that begins with a key. */
export const csvfile: Lookup = (terms, options, context) => {
  if (terms.length === 0) throw wrongValue("Search key is required but was not found");
  return terms.flatMap((term) => {
    const { pairs, rest: key } = readPairs(toText(term));
    if (key === "") throw wrongValue("Search key is required but was not found");
    const given = new Map<string, unknown>([...options, ...pairs]);
    const unknown = [...given.keys()].find((name) => !known.has(name));
    if (unknown !== undefined) throw wrongValue(`'${unknown}' is not a valid option`);
    const delimiter = toText(given.get("delimiter") ?? "TAB");
    const rows = readCsv(
      readText(mustFind(given.get("file") ?? "ansible.csv", "files", context)),
      delimiter === "TAB" ? "\t" : delimiter,
    );
    const row = rows.find((each) => each[column(given.get("keycol") ?? 0)] === key);
    const value = row === undefined ? (given.get("default") ?? null) : row[column(given.get("col") ?? 1)];
    if (value === undefined) throw wrongValue("list index out of range");
    return value === null ? [] : [value];
  });
};

function column(value: unknown): number {
  return intArgument(typeof value === "string" ? readInt(value) : value, "a column");
}

/** Rows of fields; quotes may hold anything, and two of them stand for one. */
function readCsv(text: string, delimiter: string): readonly (readonly string[])[] {
  if (delimiter.length !== 1) throw wrongValue('"delimiter" must be a 1-character string');
  const separator = escapePattern(delimiter);
  const field = new RegExp(
    `("(?:[^"]|"")*"[^${separator}\\r\\n]*|[^${separator}\\r\\n]*)(${separator}|\\r\\n?|\\n|$)`,
    "y",
  );
  const rows: string[][] = [];
  let row: string[] = [];
  while (field.lastIndex < text.length || row.length > 0) {
    const match = field.exec(text);
    if (match === null) break;
    const [, value = "", end] = match;
    row.push(value.replace(/^"((?:[^"]|"")*)"/, (_, body: string) => body.replaceAll('""', '"')));
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

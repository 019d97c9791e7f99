export type Row = Readonly<Record<string, string | number | null>>;

/** What one statement gave: rows, or how many rows it changed. */
export interface QueryResult {
  readonly rows: readonly Row[];
  readonly count: number;
}

/** A statement of ours after each: how many rows it changed. */
export const COUNT = "SELECT ROW_COUNT() AS evenkeel_count";

/** For the types of what a statement gives, the same statement with no rows. Others have none to tell. */
export function typesSql(statements: readonly string[]): string {
  return statements
    .map((sql, index) => {
      const isTyped = /^\s*(select|with|table|values)\b/i.test(sql) && !/\binto\s+(outfile|dumpfile|@)/i.test(sql);
      const asked = isTyped ? `SELECT * FROM (\n${sql.replace(/;\s*$/, "")}\n) AS evenkeel LIMIT 0;\n` : "";
      return `SELECT 1 AS evenkeel_${index} LIMIT 0;\n${asked}`;
    })
    .join("");
}

/** Reads what query.sh printed. */
export function readRows(output: string, statements: number): readonly QueryResult[] {
  const at = output.lastIndexOf("#evenkeel types\n");
  const types = readTypes(output.slice(at));
  const results: QueryResult[] = [];
  let rows: readonly Row[] = [];
  for (const [, body = ""] of output.slice(0, at).matchAll(/<resultset>([\s\S]*?)<\/resultset>/g)) {
    const count = /^\s*<row>\s*<field name="evenkeel_count">(-?\d+)<\/field>\s*<\/row>\s*$/.exec(body)?.[1];
    if (count === undefined) rows = rowsIn(body, types[results.length] ?? new Map());
    else {
      results.push({ rows, count: Number(count) < 0 ? rows.length : Number(count) });
      rows = [];
    }
  }
  return results.slice(0, statements);
}

type Types = ReadonlyMap<string, string>;

function readTypes(text: string): readonly Types[] {
  const all: Map<string, string>[] = [];
  for (const [, name = "", type = ""] of text.matchAll(/^Field +\d+: +`(.*)`\n(?:\w+: .*\n)*?Type: +(\w+)/gm)) {
    if (/^evenkeel_\d+$/.test(name)) all.push(new Map());
    else all.at(-1)?.set(name, type);
  }
  return all;
}

function rowsIn(body: string, types: Types): readonly Row[] {
  return [...body.matchAll(/<row>([\s\S]*?)<\/row>/g)].map(([, fields = ""]) => {
    const row: Record<string, string | number | null> = {};
    for (const [, name = "", nil, text = ""] of fields.matchAll(
      /<field name="([^"]*)"(?:( xsi:nil="true") \/>|>([\s\S]*?)<\/field>)/g,
    )) {
      const plain = unescaped(name);
      row[plain] = nil ? null : typed(unescaped(text), types.get(plain));
    }
    return row;
  });
}

const numbers = new Set(["TINY", "SHORT", "LONG", "INT24", "LONGLONG", "YEAR", "FLOAT", "DOUBLE"]);

/** A number stays a text where JavaScript would bend it. */
function typed(text: string, type: string | undefined): string | number {
  if (type === undefined || !numbers.has(type)) return text;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

function unescaped(text: string): string {
  return text.replace(
    /&(lt|gt|amp|quot|apos);/g,
    (_, name: string) => ({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" })[name] ?? "",
  );
}

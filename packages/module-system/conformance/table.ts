import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What one module is asked to do, on both hosts. */
export interface Table {
  readonly module: string;
  /** Packages that both hosts have before. */
  readonly packages?: readonly string[];
  /** Packages that Ansible's module wants beside Python. */
  readonly ansiblePackages?: readonly string[];
  /** sh that both hosts run once, before everything. */
  readonly prepare?: string;
  /** sh that both hosts run before each case. */
  readonly reset?: string;
  /** Paths that must be alike in the end, with all that is below them: names, bytes, modes, owners, links. */
  readonly look?: readonly string[];
  /** sh whose output must be alike in the end: packages, users, units. */
  readonly also?: string;
  /** Fields of results that are compared; a dotted path goes deeper. `changed`, `failed` and `skipped` always are. */
  readonly fields?: readonly string[];
  /** To name a host, to mount or to set the kernel takes more than a host of the lab may do to itself. */
  readonly needsCapabilities?: boolean;
  readonly cases: readonly Case[];
}

/** Tasks that run twice, one after the other. */
export interface Case {
  readonly name: string;
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
  readonly reset?: string;
  readonly fields?: readonly string[];
  readonly facts?: boolean;
  /** Plays that come after, for what one play leaves to the next. */
  readonly plays?: readonly Readonly<Record<string, unknown>>[];
  /** The numbers, from 0, of tasks that fail, on both sides. */
  readonly fails?: readonly number[];
  /** What is not alike, and why: `0.changed`, `1.stat.mime`, `state`. */
  readonly differs?: Readonly<Record<string, string>>;
}

export const tablesFolder = join(import.meta.dirname, "tables");

/** All tables, one file for each module. */
export function readTables(): readonly Table[] {
  const names = readdirSync(tablesFolder).filter((name) => name.endsWith(".yml"));
  return names.sort().map((name) => checked(parse(readFileSync(join(tablesFolder, name), "utf8")) as Table, name));
}

function checked(table: Table, name: string): Table {
  const names = table.cases.map((each) => each.name);
  if (new Set(names).size !== names.length) throw new Error(`${name}: two cases have the same name`);
  if (`${table.module}.yml` !== name) throw new Error(`${name}: is about ${table.module}`);
  return table;
}

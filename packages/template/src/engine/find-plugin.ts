import { closest } from "@evenkeel/core";
import { filters } from "../filters/filters.ts";
import { globals } from "../globals/globals.ts";
import type { Lookup } from "../lookups/lookup.ts";
import { lookups } from "../lookups/lookups.ts";
import { pluginName } from "../plugin-name.ts";
import { TemplateFault } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { tests } from "../tests/tests.ts";
import type { Environment } from "./environment.ts";

/** What there is without anybody's adding to it, for `check` and for completion. */
export const BUILTIN_NAMES = {
  filters: Object.keys(filters),
  tests: Object.keys(tests),
  lookups: Object.keys(lookups),
  globals: Object.keys(globals),
} as const;

export function findFilter(name: string, environment: Environment): Native {
  return find(name, filters, environment.filters) ?? unknown("filter", name, filters, environment.filters);
}

export function findTest(name: string, environment: Environment): Native {
  return find(name, tests, environment.tests) ?? unknown("test", name, tests, environment.tests);
}

export function findLookup(name: string, environment: Environment): Lookup {
  return find(name, lookups, environment.lookups) ?? unknown("lookup", name, lookups, environment.lookups);
}

/** undefined when there is none. */
export function findGlobal(name: string, environment: Environment): unknown {
  return find<unknown>(name, globals, environment.globals);
}

export function hasPlugin(kind: "filter" | "test", name: string, environment: Environment): boolean {
  const [builtin, own] = kind === "filter" ? [filters, environment.filters] : [tests, environment.tests];
  return find<unknown>(name, builtin, own) !== undefined;
}

type Table<Plugin> = Readonly<Record<string, Plugin>>;

function find<Plugin>(name: string, builtin: Table<Plugin>, own: Table<Plugin> | undefined): Plugin | undefined {
  if (own !== undefined && Object.hasOwn(own, name)) return own[name];
  const short = pluginName(name);
  if (Object.hasOwn(builtin, short)) return builtin[short];
  return own !== undefined && Object.hasOwn(own, short) ? own[short] : undefined;
}

function unknown(kind: string, name: string, builtin: Table<unknown>, own: Table<unknown> = {}): never {
  const hint = closest(name, [...Object.keys(builtin), ...Object.keys(own)]);
  throw new TemplateFault(`unknown-${kind}`, `there is no ${kind} ${name}`, hint === undefined ? {} : { hint });
}

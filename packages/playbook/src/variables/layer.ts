import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import type { Level } from "./level.ts";

/** Variables that are set together: by one file, one `vars:`. */
export interface Layer {
  readonly level: Level;
  readonly entries: ReadonlyMap<string, Written>;
}

/** One place where a variable is set: to what was written there, which may hold templates, or to data. */
export type Source = { readonly level: Level } & (
  | { readonly written: Written; readonly data?: undefined }
  | { readonly written?: undefined; readonly data: unknown }
);

/** A mapping's entries as variables; of a list of mappings, as `vars_files` may hold, those of all. */
export function layerOf(level: Level, written: Written | undefined): Layer {
  const maps = written === undefined ? [] : isMapping(written.value) ? [written] : written.items;
  return { level, entries: new Map(maps.flatMap(({ entries }) => entries)) };
}

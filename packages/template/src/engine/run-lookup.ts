import { wrongValue } from "../python/fault.ts";
import { firstMarker } from "../python/first-marker.ts";
import type { Keywords } from "../python/object.ts";
import { isTrue } from "../python/truth.ts";
import type { Context } from "./context.ts";
import { stopsAll } from "./defer.ts";
import { findLookup } from "./find-plugin.ts";

/**
 * Runs a lookup and gives its results as Ansible does: with `wantlist` the list, else the only one, or all joined with
 * commas when they are texts.
 */
export function runLookup(name: string, terms: readonly unknown[], keywords: Keywords, context: Context): unknown {
  const missing = firstMarker(terms, keywords);
  if (missing !== undefined) return missing;
  const { wantlist = false, errors = "strict", ...rest } = Object.fromEntries(keywords);
  const wantsList = isTrue(wantlist);
  const lookup = findLookup(name, context.environment);
  try {
    const results = lookup(terms, new Map(Object.entries(rest)), context);
    if (wantsList || results.length === 0) return results;
    if (results.length === 1) return results[0];
    return results.every((each) => typeof each === "string") ? results.join(",") : results;
  } catch (error) {
    if (errors === "strict" || stopsAll(error)) throw error;
    if (errors !== "ignore" && errors !== "warn")
      throw wrongValue(`errors=${String(errors)}: it is strict, warn or ignore`);
    return wantsList ? [] : null;
  }
}

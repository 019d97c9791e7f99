import type { Context } from "../engine/context.ts";
import type { Keywords } from "../python/object.ts";

/** A lookup plugin: from terms to a list of results. */
export type Lookup = (terms: readonly unknown[], options: Keywords, context: Context) => readonly unknown[];

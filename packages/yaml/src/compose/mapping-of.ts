import { MappingBuilder } from "./mapping-builder.ts";
import type { Mapping } from "./spots.ts";
import { Spots } from "./spots.ts";

/** A mapping of entries that come from elsewhere, by the rules of those that are read: the last of equal keys counts. */
export function mappingOf(entries: Iterable<readonly [unknown, unknown]>): Mapping {
  const builder = new MappingBuilder();
  for (const [key, value] of entries) builder.add(key, value, { keyStart: 0, start: 0 });
  return builder.build(new Spots());
}

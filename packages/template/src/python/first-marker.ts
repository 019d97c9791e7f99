import { Marker } from "./marker.ts";
import type { Keywords } from "./object.ts";

/** The first argument that is not there. */
export function firstMarker(args: readonly unknown[], keywords: Keywords): Marker | undefined {
  for (const each of args) if (each instanceof Marker) return each;
  for (const each of keywords.values()) if (each instanceof Marker) return each;
  return undefined;
}

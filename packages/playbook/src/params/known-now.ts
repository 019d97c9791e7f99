import { prepare } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { settle } from "./settle.ts";
import { UNKNOWN } from "./shape.ts";

/** A value as far as it can be told without variables; what depends on them is unknown. */
export function knownNow(written: Written): unknown {
  const prepared = prepare(written);
  if (prepared.isStatic) return settle(prepared.value);
  if (Array.isArray(written.value)) return written.items.map(knownNow);
  if (!isMapping(written.value)) return UNKNOWN;
  return Object.fromEntries(written.entries.map(([key, each]) => [key, knownNow(each)]));
}

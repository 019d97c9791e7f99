import { Secret } from "@evenkeel/core";

/** The same, and whoever writes to it is told. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || value instanceof Secret || value instanceof Uint8Array)
    return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}

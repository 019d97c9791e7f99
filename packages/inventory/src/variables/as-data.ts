import { UnsafeText } from "@evenkeel/yaml";
import { isMapping } from "../sources/read-groups.ts";

/** A value that was worked out: whatever braces its texts hold, they are never templates. */
export function asData(value: unknown): unknown {
  if (typeof value === "string") return new UnsafeText(value);
  if (Array.isArray(value)) return value.map(asData);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, asData(each)]));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asData(each)]));
}

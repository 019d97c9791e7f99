import { Timestamp } from "@evenkeel/yaml";

/** A day or moment that YAML has read from a text without quotes. */
export function isTimestamp(value: unknown): value is Timestamp {
  return value instanceof Timestamp;
}

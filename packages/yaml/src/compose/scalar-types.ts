import type { Timestamp } from "./timestamp.ts";

/** What JavaScript has no literal for: how such values are to be made. */
export interface ScalarTypes {
  /** A float; integers come as numbers, and 1.0 is not 1. */
  float(value: number): unknown;
  timestamp(value: Timestamp): unknown;
  /** `!!binary` */
  bytes(value: Uint8Array): unknown;
}

/** Floats as plain numbers, the others as objects that print as Python prints them. */
export const plainTypes: ScalarTypes = {
  float: (value) => value,
  timestamp: (value) => value,
  bytes: (value) => new Uint8Array(value),
};

import { Secret } from "@evenkeel/core";
import { isDict } from "../python/dict.ts";
import { isFloat } from "../python/float.ts";
import { asNumber, isInt } from "../python/integer.ts";
import { isIterable } from "../python/iterate.ts";
import { Failed, Marker, Undefined } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { NOTHING } from "../python/nothing.ts";
import { Callable } from "../python/object.ts";
import { findFilterName, findTestName } from "./plugin-names.ts";

/** Tests of what kind a value is. None of them looks into it. */
export const kindTests: Readonly<Record<string, Native>> = {
  defined: native(
    "value",
    (value) => (value instanceof Failed ? value : !(value instanceof Marker) && value !== NOTHING),
    { acceptsMarkers: true, passesSecrets: "all" },
  ),
  undefined: native(
    "value",
    (value) => (value instanceof Failed ? value : value instanceof Undefined || value === NOTHING),
    { acceptsMarkers: true, passesSecrets: "all" },
  ),
  none: looking((value) => value === null),
  boolean: looking((value) => typeof value === "boolean"),
  true: looking((value) => value === true),
  false: looking((value) => value === false),
  integer: looking(isInt),
  float: looking(isFloat),
  number: looking((value) => asNumber(value) !== undefined),
  string: looking((value) => typeof value === "string" || value instanceof Secret),
  mapping: looking(isDict),
  sequence: looking((value) => isIterable(value) || value instanceof Secret),
  iterable: looking((value) => isIterable(value) || value instanceof Secret),
  callable: looking((value) => value instanceof Callable),
  escaped: looking(() => false),
  sameas: native("value other", (value, other) => value === other, { passesSecrets: "all" }),
  filter: findFilterName,
  test: findTestName,
};

function looking(holds: (value: unknown) => boolean): Native {
  return native("value", holds, { passesSecrets: "all" });
}

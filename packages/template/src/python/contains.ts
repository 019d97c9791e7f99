import { dictHas, isDict } from "./dict.ts";
import { equals } from "./equals.ts";
import { wrongType } from "./fault.ts";
import { asNumber } from "./integer.ts";
import { Marker } from "./marker.ts";
import { Range } from "./range.ts";
import { typeName } from "./type-name.ts";

/** Python's `in`: part of a text, element of a list, key of a dict. */
export function contains(container: unknown, value: unknown): boolean {
  if (container instanceof Marker) container.trip();
  if (value instanceof Marker) value.trip();
  if (typeof container === "string") {
    if (typeof value === "string") return container.includes(value);
    throw wrongType(`'in <string>' requires string as left operand, not ${typeName(value)}`);
  }
  if (Array.isArray(container)) return container.some((each) => each === value || equals(each, value));
  if (container instanceof Range) return container.includes(asNumber(value) ?? Number.NaN);
  if (isDict(container)) return dictHas(container, value);
  throw wrongType(`argument of type '${typeName(container)}' is not iterable`);
}

import { Secret } from "@evenkeel/core";
import { TemplateFault, wrongType } from "../python/fault.ts";
import { asNumber } from "../python/integer.ts";
import { Marker, Undefined } from "../python/marker.ts";
import { methodOf } from "../python/methods/method-of.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import { TemplateObject } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";

const passing = { acceptsMarkers: true, passesSecrets: "all" } as const;
const defaulting = native("value default_value? boolean?", otherwise, passing);

/** Filters that choose between values, or look at what kind they are. */
export const valueFilters: Readonly<Record<string, Native>> = {
  default: defaulting,
  d: defaulting,
  mandatory: native("value msg?", mandatory, passing),
  ternary: native(
    "value true_val false_val none_val?",
    (value, yes, no, none = null) => {
      if (value === null && none !== null) return none;
      return isTrue(value instanceof Secret ? value.reveal() : value) ? yes : no;
    },
    passing,
  ),
  bool: native("value", toBoolean),
  type_debug: native(
    "value",
    (value) => (value instanceof Undefined ? "UndefinedMarker" : value instanceof Secret ? "str" : typeName(value)),
    passing,
  ),
  attr: nativeIn("value name", (context, value, name) => {
    const key = toText(name);
    const isOwn = methodOf(value, key) !== undefined || value instanceof TemplateObject;
    if (isOwn) return context.attribute(value, key);
    return new Undefined(`object of type '${typeName(value)}' has no attribute '${key}'`);
  }),
};

function otherwise(value: unknown, instead: unknown = "", boolean: unknown = false): unknown {
  if (typeof boolean !== "boolean") {
    throw wrongType(
      `The 'boolean' argument must be of type 'bool', not '${typeName(boolean)}'.`,
      "default(value, true)",
    );
  }
  if (value instanceof Undefined) return instead;
  if (!boolean) return value;
  if (value instanceof Marker) return value.trip();
  return isTrue(value instanceof Secret ? value.reveal() : value) ? value : instead;
}

function mandatory(value: unknown, message: unknown = null): unknown {
  if (!(value instanceof Undefined)) return value;
  if (message !== null) throw new TemplateFault("mandatory", toText(message));
  const name = value.variable === undefined ? "" : `'${value.variable}' `;
  throw new TemplateFault("mandatory", `Mandatory variable ${name}not defined.`);
}

/** yes, on, true and 1 in any case are true; so is what equals 1. Everything else is false. */
function toBoolean(value: unknown): boolean {
  if (typeof value === "string") return ["yes", "on", "true", "1"].includes(value.toLowerCase());
  return asNumber(value) === 1;
}

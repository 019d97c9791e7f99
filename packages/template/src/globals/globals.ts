import { momentOf } from "../dates/date-time.ts";
import { formatTime } from "../dates/format-time.ts";
import { OMIT } from "../omit.ts";
import { intArgument } from "../python/arguments.ts";
import { dictSet } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import { Undefined } from "../python/marker.ts";
import { pairs } from "../python/methods/dict-methods.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { Range } from "../python/range.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";
import { Cycler, Joiner } from "./cycler.ts";
import { Namespace } from "./namespace.ts";
import { NativeFunction } from "./native-function.ts";

const moving = { passesSecrets: "all" } as const;

const query = nativeIn(
  "plugin_name *terms **options",
  (context, name, terms, options) =>
    context.lookup(toText(name), terms as unknown[], new Map([...(options as Keywords), ["wantlist", true]])),
  { acceptsMarkers: true },
);

const functions: Readonly<Record<string, Native>> = {
  range: native("start stop? step?", (start, stop, step = 1) => {
    const first = intArgument(start, "range()");
    return stop === undefined
      ? new Range(0, first, 1)
      : new Range(first, intArgument(stop, "range()"), intArgument(step, "range()"));
  }),
  dict: native(
    "values? **more",
    (values, more) => {
      const made = new Map<unknown, unknown>();
      for (const [key, value] of [...(values === undefined ? [] : pairs(values)), ...(more as Keywords)])
        dictSet(made, key, value);
      return made;
    },
    moving,
  ),
  namespace: native(
    "values? **more",
    (values, more) => {
      const given = values === undefined ? [] : pairs(values).map(([key, value]) => [toText(key), value] as const);
      return new Namespace(new Map([...given, ...(more as Keywords)]));
    },
    moving,
  ),
  cycler: native("*items", (items) => new Cycler(items as unknown[]), moving),
  joiner: native("sep?", (separator = ", ") => new Joiner(separator), moving),
  now: native("utc? fmt?", (isUtc = false, format = null) => {
    const now = momentOf(Date.now(), isTrue(isUtc));
    return format === null || format === "" ? now : formatTime(now, toText(format));
  }),
  undef: native("hint?", (hint = null) => {
    if (hint !== null && typeof hint !== "string")
      throw wrongType(`The 'hint' argument must be a text, not '${typeName(hint)}'.`);
    return new Undefined(hint || "Mandatory variable has not been overridden");
  }),
  lookup: nativeIn(
    "plugin_name *terms **options",
    (context, name, terms, options) => context.lookup(toText(name), terms as unknown[], options as Keywords),
    {
      acceptsMarkers: true,
    },
  ),
  query,
  q: query,
};

/** What templates find under these names unless a variable is called so. */
export const globals: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(Object.entries(functions).map(([name, each]) => [name, new NativeFunction(name, each)])),
  omit: OMIT,
};

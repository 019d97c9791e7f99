import type { Context } from "../engine/context.ts";
import { TemplateFault } from "../python/fault.ts";
import { iterate } from "../python/iterate.ts";
import { Marker } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { nativeIn } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { attributeGetter } from "./attribute-getter.ts";

/** Filters that apply another filter or a test to each element. */
export const selectFilters: Readonly<Record<string, Native>> = {
  map: nativeIn(
    "value *args **named",
    (context, value, args, named) => map(context, value, args as unknown[], named as Map<string, unknown>),
    {
      passesSecrets: "inside",
    },
  ),
  select: selecting({ keeps: true, hasAttribute: false }),
  reject: selecting({ keeps: false, hasAttribute: false }),
  selectattr: selecting({ keeps: true, hasAttribute: true }),
  rejectattr: selecting({ keeps: false, hasAttribute: true }),
};

function map(context: Context, value: unknown, args: readonly unknown[], named: Map<string, unknown>): unknown {
  if (!isTrue(value)) return [];
  const change = mapping(context, args, named);
  return Array.from(iterate(value), (each) => {
    context.step();
    return change(each);
  });
}

function mapping(
  context: Context,
  args: readonly unknown[],
  named: Map<string, unknown>,
): (element: unknown) => unknown {
  if (args.length === 0 && named.has("attribute")) {
    const unknown = [...named.keys()].find((name) => name !== "attribute" && name !== "default");
    if (unknown !== undefined) throw new TemplateFault("arguments", `map has no argument ${unknown}`);
    return attributeGetter(context, named.get("attribute"), { otherwise: named.get("default") });
  }
  const [name, ...rest] = args;
  if (name === undefined) throw new TemplateFault("arguments", "map needs the name of a filter, or attribute=");
  return (element) => context.filter(toText(name), element, rest, named);
}

function selecting({ keeps, hasAttribute }: { readonly keeps: boolean; readonly hasAttribute: boolean }): Native {
  return nativeIn(
    "value *args **named",
    (context, value, args, named) => {
      if (!isTrue(value)) return [];
      const holds = testing(context, args as unknown[], named as Keywords, hasAttribute);
      return [...iterate(value)].filter((each) => {
        context.step();
        return holds(each) === keeps;
      });
    },
    { passesSecrets: "inside" },
  );
}

function testing(
  context: Context,
  args: readonly unknown[],
  named: Keywords,
  hasAttribute: boolean,
): (element: unknown) => boolean {
  const [attribute, ...others] = hasAttribute ? args : [undefined, ...args];
  if (hasAttribute && attribute === undefined)
    throw new TemplateFault("arguments", "the name of an attribute is missing");
  const get = attributeGetter(context, attribute);
  const [name, ...rest] = others;
  if (name === undefined) return (element) => isTrue(context.reveal(get(element)));
  return (element) => {
    const result = context.test(toText(name), get(element), rest, named);
    return result instanceof Marker ? result.trip() : isTrue(result);
  };
}

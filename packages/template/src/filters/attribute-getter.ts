import type { Context } from "../engine/context.ts";
import { Undefined } from "../python/marker.ts";

interface Getting {
  /** Stands for what is not there. */
  readonly otherwise?: unknown;
  /** Texts count in lower case. */
  readonly ignoresCase?: boolean;
}

/** Reads `a.b.0` of an element, as filters do that take an attribute's name. Without a name it is the element itself. */
export function attributeGetter(
  context: Context,
  attribute: unknown,
  { otherwise, ignoresCase = false }: Getting = {},
) {
  const parts = partsOf(attribute);
  return (element: unknown): unknown => {
    let value = element;
    for (const part of parts) {
      value = context.item(value, part);
      if (otherwise !== undefined && otherwise !== null && value instanceof Undefined) value = otherwise;
    }
    if (!ignoresCase) return value;
    const shown = context.reveal(value);
    return typeof shown === "string" ? shown.toLowerCase() : shown;
  };
}

/** Several attributes with commas between them, as a list to sort by. */
export function attributesGetter(context: Context, attributes: unknown, getting: Getting) {
  const names = typeof attributes === "string" ? attributes.split(",") : [attributes];
  const getters = names.map((each) => attributeGetter(context, each, getting));
  return (element: unknown): unknown[] => getters.map((get) => context.reveal(get(element)));
}

function partsOf(attribute: unknown): readonly unknown[] {
  if (attribute === undefined || attribute === null) return [];
  if (typeof attribute !== "string") return [attribute];
  return attribute.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

import type { Context } from "../engine/context.ts";
import type { Dict } from "./dict.ts";
import { dictGet, dictHas, isDict } from "./dict.ts";
import { TemplateFault, wrongType, wrongValue } from "./fault.ts";
import { formatValue } from "./format-spec.ts";
import { repr, toText } from "./repr.ts";

/** Python's `str.format()`: `{}`, `{0}`, `{name.attribute[key]!r:>8}`, `{{`. */
export function formatText(format: string, args: readonly unknown[], named: Dict, context: Context): string {
  return new Formatter(args, named, context).format(format, 2);
}

const piece = /\{\{|\}\}|[{}]/g;

class Formatter {
  readonly #args: readonly unknown[];
  readonly #named: Dict;
  readonly #context: Context;
  #next = 0;

  constructor(args: readonly unknown[], named: Dict, context: Context) {
    this.#args = args;
    this.#named = named;
    this.#context = context;
  }

  /** `depth` says how deep fields may be nested: a format specification may have fields of its own. */
  format(text: string, depth: number): string {
    if (depth === 0) throw wrongValue("Max string recursion exceeded");
    let made = "";
    let from = 0;
    piece.lastIndex = 0;
    for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
      made += text.slice(from, match.index);
      from = match.index + match[0].length;
      if (match[0] === "}") throw wrongValue("Single '}' encountered in format string");
      if (match[0] !== "{") made += match[0][0];
      else {
        const end = closing(text, from);
        made += this.#field(text.slice(from, end), depth);
        from = end + 1;
      }
      piece.lastIndex = from;
    }
    return made + text.slice(from);
  }

  #field(field: string, depth: number): string {
    const [, path = "", conversion, specification = ""] = /^([^!:]*)(?:!(.))?(?::([\s\S]*))?$/.exec(field) ?? [];
    const value = this.#value(path);
    const converted = conversion === undefined ? value : conversion === "s" ? toText(value) : repr(value);
    return formatValue(converted, specification.includes("{") ? this.format(specification, depth - 1) : specification);
  }

  #value(path: string): unknown {
    const [, first = "", rest = ""] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
    let value = this.#argument(first);
    for (const [whole, attribute, key] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
      if (attribute !== undefined) value = this.#attribute(value, attribute);
      else value = this.#context.item(value, /^\d+$/.test(key ?? whole) ? Number(key) : key);
    }
    return value;
  }

  /** A dot never means an element here. */
  #attribute(value: unknown, name: string): unknown {
    if (isDict(value)) throw wrongType(`'dict' object has no attribute '${name}'`, `write [${name}]`);
    return this.#context.attribute(value, name);
  }

  #argument(name: string): unknown {
    if (name !== "" && !/^\d+$/.test(name)) {
      if (!dictHas(this.#named, name)) throw new TemplateFault("key", `'${name}'`);
      return dictGet(this.#named, name);
    }
    const index = name === "" ? this.#next++ : Number(name);
    if (index >= this.#args.length)
      throw new TemplateFault("index", `Replacement index ${index} out of range for positional args tuple`);
    return this.#args[index];
  }
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  throw wrongValue("expected '}' before end of string");
}

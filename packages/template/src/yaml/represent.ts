import { dictEntries, isDict } from "../python/dict.ts";
import { LimitReached, TemplateFault, wrongType } from "../python/fault.ts";
import { Float, isFloat, printFloat } from "../python/float.ts";
import { checkItems, checkLevel } from "../python/limits.ts";
import { Marker } from "../python/marker.ts";
import { TemplateObject } from "../python/object.ts";
import { order } from "../python/order.ts";
import { Range } from "../python/range.ts";
import { typeName } from "../python/type-name.ts";
import type { YamlLayout } from "./layout.ts";

/** A value as YAML has it. One that is met again is the same node, and gets a name. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly text: string;
  /** A text, which must not read as anything else. */
  readonly isText: boolean;
  readonly quoting: string | undefined;
  anchor?: string;
}
export interface YamlSequence {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
  readonly isFlow: boolean;
  anchor?: string;
}
export interface YamlMapping {
  readonly kind: "mapping";
  readonly pairs: readonly (readonly [YamlNode, YamlNode])[];
  readonly isFlow: boolean;
  anchor?: string;
}

export function represent(value: unknown, layout: YamlLayout): YamlNode {
  const node = new Representer(layout).node(value);
  nameRepeated(node, { seen: new Set(), count: 0 });
  return node;
}

class Representer {
  readonly #layout: YamlLayout;
  readonly #known = new Map<object, YamlNode>();
  #count = 0;
  #level = 0;

  constructor(layout: YamlLayout) {
    this.#layout = layout;
  }

  node(value: unknown): YamlNode {
    checkItems(++this.#count);
    if (typeof value === "string") return this.#scalar(value, true);
    if (value === null || typeof value !== "object") return this.#scalar(plainText(value), false);
    if (value instanceof Float) return this.#scalar(floatText(value.value), false);
    if (value instanceof Marker) return value.trip();
    if (value instanceof TemplateObject) return this.#scalar(value.toText(), false);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    checkLevel(++this.#level);
    const made = this.#collection(value);
    this.#level--;
    this.#known.set(value, made);
    return made;
  }

  #collection(value: object): YamlNode {
    if (Array.isArray(value) || value instanceof Range) {
      const items = Array.from(value as Iterable<unknown>, (each) => this.node(each));
      return { kind: "sequence", items, isFlow: this.#isFlow(items) };
    }
    if (!isDict(value)) {
      const printed = String(value);
      if (printed.startsWith("[object"))
        throw wrongType(`cannot represent an object of type ${typeName(value)} in YAML`);
      return this.#scalar(printed, false);
    }
    const entries = [...dictEntries(value)];
    if (this.#layout.sortsKeys) sortKeys(entries);
    const pairs = entries.map(([key, each]) => [this.node(key), this.node(each)] as const);
    return { kind: "mapping", pairs, isFlow: this.#isFlow(pairs.flat()) };
  }

  #isFlow(parts: readonly YamlNode[]): boolean {
    if (this.#layout.flow !== "leaves") return this.#layout.flow === "all";
    return parts.every((part) => part.kind === "scalar" && part.quoting === undefined);
  }

  #scalar(text: string, isText: boolean): YamlScalar {
    return { kind: "scalar", text, isText, quoting: this.#layout.quoting };
  }
}

function plainText(value: unknown): string {
  if (value === null) return "null";
  return isFloat(value) ? floatText(value.valueOf()) : String(value);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value < 0 ? "-.inf" : ".inf";
  const text = printFloat(value);
  return text.includes(".") ? text : text.replace("e", ".0e");
}

/** Keys without an order among themselves stay as they are. */
function sortKeys(entries: (readonly [unknown, unknown])[]): void {
  const before = [...entries];
  try {
    entries.sort(([a], [b]) => order(a, b));
  } catch (error) {
    if (!(error instanceof TemplateFault) || error instanceof LimitReached) throw error;
    entries.splice(0, entries.length, ...before);
  }
}

function nameRepeated(node: YamlNode, state: { readonly seen: Set<YamlNode>; count: number }): void {
  if (node.kind === "scalar") return;
  if (state.seen.has(node)) {
    node.anchor ??= `id${String(++state.count).padStart(3, "0")}`;
    return;
  }
  state.seen.add(node);
  const parts = node.kind === "sequence" ? node.items : node.pairs.flat();
  for (const part of parts) nameRepeated(part, state);
}

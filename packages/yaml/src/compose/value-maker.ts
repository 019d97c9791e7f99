import { Mistake } from "../mistakes/mistake.ts";
import type { Token } from "../scan/token.ts";
import type { MakeOptions } from "./make-value.ts";
import { makeScalar, taggedList, taggedMapping } from "./make-value.ts";
import type { MappingBuilder } from "./mapping-builder.ts";
import type { Spot, Spots } from "./spots.ts";
import type { TagName, Tags } from "./tags.ts";
import { Vaulted } from "./vaulted.ts";

export interface ComposeOptions extends MakeOptions {
  readonly duplicateKeys: "refuse" | "last";
  /** Takes what can be read past; the value is then null. */
  readonly mistakes: Mistake[];
}

export interface Items {
  readonly values: unknown[];
  readonly starts: number[];
}

/** Makes a document's values of what has been read, and keeps where they are written. */
export class ValueMaker {
  readonly spots: Spots;
  /** Something around what is read now is `!unsafe`. */
  isUnsafe = false;
  readonly #options: ComposeOptions;
  readonly #tags: Tags;

  constructor(options: ComposeOptions, tags: Tags, spots: Spots) {
    this.#options = options;
    this.#tags = tags;
    this.spots = spots;
  }

  tagName(token: Token): TagName | undefined {
    return this.#orMistake(() => this.#tags.nameOf(token));
  }

  scalar(token: Token, tag: TagName | undefined, isKey: boolean): unknown {
    if (token.kind === "block") this.spots.blocks.set(token.start, token.inside);
    if (token.kind === "quoted" && tag === undefined && !this.isUnsafe) return token.text;
    const role = { tag, isKey, isUnsafe: this.isUnsafe };
    return this.#orMistake(() => makeScalar(token, role, this.#options)) ?? null;
  }

  list({ values, starts }: Items, tag: TagName | undefined, start: number): unknown {
    this.spots.addList(values, starts);
    return tag === undefined ? values : this.#orMistake(() => taggedList(values, tag, start));
  }

  mapping(builder: MappingBuilder, tag: TagName | undefined, start: number): unknown {
    const mapping = builder.build(this.spots);
    return tag === undefined ? mapping : this.#orMistake(() => taggedMapping(mapping, tag, start));
  }

  merge(builder: MappingBuilder, value: unknown, start: number): void {
    this.#orMistake(() => builder.merge(value, start, this.spots));
  }

  entry(builder: MappingBuilder, key: unknown, value: unknown, spot: Spot): void {
    const { mistakes, duplicateKeys } = this.#options;
    const { keyStart } = spot;
    const what = Array.isArray(key)
      ? "list"
      : key instanceof Vaulted
        ? "secret"
        : this.spots.isMapping(key) && "mapping";
    if (what) mistakes.push(new Mistake("key", `a ${what} cannot be a key`, keyStart));
    const since = builder.add(key, value, spot);
    if (since === undefined || duplicateKeys === "last") return;
    const hint = "only the last would count";
    mistakes.push(new Mistake("duplicate-key", `the key ${String(key)} is there twice`, keyStart, { since, hint }));
  }

  keep(mistake: Mistake): void {
    this.#options.mistakes.push(mistake);
  }

  #orMistake<Value>(make: () => Value): Value | undefined {
    try {
      return make();
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) throw mistake;
      this.keep(mistake);
      return undefined;
    }
  }
}

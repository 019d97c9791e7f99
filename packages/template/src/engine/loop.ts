import { BoundMethod } from "../python/bound-method.ts";
import { equals } from "../python/equals.ts";
import { wrongType } from "../python/fault.ts";
import { iterate } from "../python/iterate.ts";
import { Undefined } from "../python/marker.ts";
import { native } from "../python/native.ts";
import { Callable } from "../python/object.ts";
import { Range } from "../python/range.ts";
import { tuple } from "../python/tuple.ts";
import type { Context } from "./context.ts";

/** What loops within themselves do: the body once more, for other elements. */
type Recurse = (iterable: unknown, depth: number) => unknown;

interface LoopOptions {
  readonly elements: Iterable<unknown>;
  /** The number of elements, when it is known before all of them were asked for. */
  readonly size: number | undefined;
  readonly depth: number;
  readonly recurse: Recurse | undefined;
}

/** Goes over elements one by one, as late as it can, and is `loop` in a loop's body. */
export class Loop extends Callable {
  readonly typeName = "LoopContext";
  readonly #iterator: Iterator<unknown>;
  readonly #ahead: unknown[] = [];
  readonly #recurse: Recurse | undefined;
  readonly #depth: number;
  #size: number | undefined;
  #index = -1;
  #current: unknown;
  #before: unknown;
  #lastChanged: unknown;

  constructor({ elements, size, depth, recurse }: LoopOptions) {
    super();
    this.#iterator = elements[Symbol.iterator]();
    this.#size = size;
    this.#depth = depth;
    this.#recurse = recurse;
  }

  get index(): number {
    return this.#index;
  }

  get current(): unknown {
    return this.#current;
  }

  advance(): boolean {
    if (!this.#peek()) return false;
    this.#before = this.#current;
    this.#current = this.#ahead.shift();
    this.#index++;
    return true;
  }

  override attribute(name: string, _context: Context): unknown {
    const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return read?.(this);
  }

  override call(_context: Context, args: readonly unknown[]): unknown {
    if (this.#recurse === undefined) throw wrongType("only a loop that is marked recursive can be called");
    return this.#recurse(args[0], this.#depth + 1);
  }

  override toText(): string {
    return `<LoopContext ${this.#index + 1}/${this.length}>`;
  }

  get length(): number {
    while (this.#size === undefined) {
      const next = this.#iterator.next();
      if (next.done) this.#size = this.#index + 1 + this.#ahead.length;
      else this.#ahead.push(next.value);
    }
    return this.#size;
  }

  get depth(): number {
    return this.#depth;
  }

  get isLast(): boolean {
    return !this.#peek();
  }

  get previous(): unknown {
    return this.#index === 0 ? new Undefined("there is no previous item") : this.#before;
  }

  get following(): unknown {
    return this.#peek() ? this.#ahead[0] : new Undefined("there is no next item");
  }

  changed(values: unknown): boolean {
    if (this.#lastChanged !== undefined && equals(this.#lastChanged, values)) return false;
    this.#lastChanged = values;
    return true;
  }

  /** Whether there is another element. */
  #peek(): boolean {
    if (this.#ahead.length > 0) return true;
    const next = this.#iterator.next();
    if (!next.done) this.#ahead.push(next.value);
    return !next.done;
  }
}

/** Python's `for` over a value, for a loop. */
export function elementsOf(value: unknown): {
  readonly elements: Iterable<unknown>;
  readonly size: number | undefined;
} {
  const elements = value instanceof Range ? value : iterate(value);
  const size = Array.isArray(elements) || elements instanceof Range ? elements.length : undefined;
  return { elements, size };
}

const cycle = native("self *values", (self, values) => {
  const choices = values as unknown[];
  if (choices.length === 0) throw wrongType("no items for cycling given");
  return choices[(self as Loop).index % choices.length];
});

const changed = native("self *values", (self, values) => (self as Loop).changed(tuple(...(values as unknown[]))));

const attributes: Readonly<Record<string, (loop: Loop) => unknown>> = {
  index: (loop) => loop.index + 1,
  index0: (loop) => loop.index,
  revindex: (loop) => loop.length - loop.index,
  revindex0: (loop) => loop.length - loop.index - 1,
  first: (loop) => loop.index === 0,
  last: (loop) => loop.isLast,
  length: (loop) => loop.length,
  depth: (loop) => loop.depth + 1,
  depth0: (loop) => loop.depth,
  previtem: (loop) => loop.previous,
  nextitem: (loop) => loop.following,
  cycle: (loop) => new BoundMethod(loop, "cycle", cycle),
  changed: (loop) => new BoundMethod(loop, "changed", changed),
};

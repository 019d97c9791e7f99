import { BoundMethod } from "../python/bound-method.ts";
import { wrongValue } from "../python/fault.ts";
import { native } from "../python/native.ts";
import { Callable, TemplateObject } from "../python/object.ts";

/** What `cycler(…)` makes: one value after another, and then the first again. */
export class Cycler extends TemplateObject {
  readonly typeName = "Cycler";
  readonly #items: readonly unknown[];
  #at = 0;

  constructor(items: readonly unknown[]) {
    super();
    if (items.length === 0) throw wrongValue("at least one item has to be provided");
    this.#items = items;
  }

  override attribute(name: string): unknown {
    if (name === "current") return this.#items[this.#at];
    if (name === "next")
      return new BoundMethod(
        this,
        name,
        native("self", () => this.#next()),
      );
    return name === "reset"
      ? new BoundMethod(
          this,
          name,
          native("self", () => this.#reset()),
        )
      : undefined;
  }

  #next(): unknown {
    const item = this.#items[this.#at];
    this.#at = (this.#at + 1) % this.#items.length;
    return item;
  }

  #reset(): null {
    this.#at = 0;
    return null;
  }
}

/** What `joiner(", ")` makes: nothing at its first call, the separator at all others. */
export class Joiner extends Callable {
  readonly typeName = "Joiner";
  readonly #separator: unknown;
  #isUsed = false;

  constructor(separator: unknown) {
    super();
    this.#separator = separator;
  }

  override call(): unknown {
    const result = this.#isUsed ? this.#separator : "";
    this.#isUsed = true;
    return result;
  }
}

import { TemplateObject } from "../python/object.ts";
import { repr } from "../python/repr.ts";

/** What `namespace()` makes: the only thing whose attributes a template can set, and so what a loop can carry out. */
export class Namespace extends TemplateObject {
  readonly typeName = "Namespace";
  readonly #values: Map<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    super();
    this.#values = new Map(values);
  }

  override attribute(name: string): unknown {
    return this.#values.get(name);
  }

  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  override toText(): string {
    return `<Namespace ${repr(this.#values)}>`;
  }
}

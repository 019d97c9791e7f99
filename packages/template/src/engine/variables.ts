import type { Scope } from "../options.ts";
import { copyData } from "../python/copy-data.ts";
import { Undefined } from "../python/marker.ts";
import { UndefinedVariable } from "../undefined-variable.ts";

/** The variables of one render: each is asked for once, and nothing that a template does to one is seen outside. */
export class Variables {
  readonly #scope: Scope;
  readonly #known = new Map<string, unknown>();
  readonly #copied = new Set<string>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** undefined when there is none. `isChanged` says that the template changes it in place. */
  get(name: string, isChanged: boolean): unknown {
    let value = this.#known.get(name);
    if (value === undefined) {
      value = this.#ask(name);
      this.#known.set(name, value);
    }
    if (!isChanged || this.#copied.has(name)) return value;
    const copied = copyData(value);
    this.#known.set(name, copied);
    this.#copied.add(name);
    return copied;
  }

  *names(): Iterable<string> {
    if (this.#scope.names !== undefined) yield* this.#scope.names();
  }

  #ask(name: string): unknown {
    if (!this.#scope.has(name)) return undefined;
    try {
      return this.#scope.get(name);
    } catch (error) {
      if (!(error instanceof UndefinedVariable)) throw error;
      return new Undefined(error.message, name, { origin: error });
    }
  }
}

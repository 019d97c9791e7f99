import type { Scope } from "../options.ts";
import { copyData } from "../python/copy-data.ts";
import { dictValues, isDict, LazyDict } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import { Undefined } from "../python/marker.ts";
import { UndefinedVariable } from "../undefined-variable.ts";

/** The variables of one render: each is asked for once, and nothing that a template does to one is seen outside. */
export class Variables {
  /** The template may change lists and dicts in place, so that what it gets from now on is a copy. */
  isCopying = false;
  readonly #scope: Scope;
  readonly #known = new Map<string, unknown>();
  /** What was handed out as it is. */
  readonly #originals = new Set<unknown>();
  readonly #copies = new Map<unknown, unknown>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** undefined when there is none. */
  get(name: string): unknown {
    const known = this.#known.get(name);
    if (known !== undefined && !(this.isCopying && this.#originals.has(known))) return known;
    const value = known ?? this.#ask(name);
    const own = this.isCopying ? copyData(value, this.#copies) : value;
    if (!this.isCopying && typeof value === "object" && value !== null) this.#originals.add(value);
    this.#known.set(name, own);
    return own;
  }

  /** Refuses that others' data are changed: those handed out before it was known that anything would be. */
  checkOwn(target: unknown): void {
    const isOwn = this.isCopying && !holds(this.#originals, target, new Set());
    if (isOwn) return;
    throw wrongType("this method changes what is not the template's own", "change a copy: (value + []).append(…)");
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

function holds(values: Iterable<unknown>, target: unknown, seen: Set<unknown>): boolean {
  for (const value of values) {
    if (value === target) return true;
    if (typeof value !== "object" || value === null || value instanceof LazyDict || seen.has(value)) continue;
    seen.add(value);
    if (holds(Array.isArray(value) ? value : isDict(value) ? dictValues(value) : [], target, seen)) return true;
  }
  return false;
}

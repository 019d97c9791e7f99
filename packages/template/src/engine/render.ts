import { isUnsettled, Secret } from "@evenkeel/core";
import type { Scope } from "../options.ts";
import type { Position } from "../python/fault.ts";
import { wrongType } from "../python/fault.ts";
import { getAttribute, getItem } from "../python/lookup-value.ts";
import { Marker } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { callNative } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { Callable } from "../python/object.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";
import { Budget } from "./budget.ts";
import type { Context, Rendering } from "./context.ts";
import { defer } from "./defer.ts";
import type { Environment } from "./environment.ts";
import { defaultLimits } from "./environment.ts";
import { findFilter, findGlobal, findTest, hasPlugin } from "./find-plugin.ts";
import { Revealer } from "./revealer.ts";
import { runLookup } from "./run-lookup.ts";
import { Variables } from "./variables.ts";

/** One render of a template or expression: its variables, what it may use, and what it has used up. */
export class Render implements Context {
  readonly environment: Environment;
  readonly variables: Variables;
  readonly revealer: Revealer;
  readonly budget: Budget;
  readonly #displays = new WeakSet<object>();
  /** What is at work, for errors. */
  at: Position = { lineno: 0, colno: 0 };
  readonly #renderText: Context["render"];

  constructor(scope: Scope, environment: Environment, renderText: Context["render"]) {
    this.environment = environment;
    this.revealer = new Revealer(environment.onReveal);
    this.variables = new Variables(scope);
    this.budget = new Budget({ ...defaultLimits, ...environment.limits });
    this.#renderText = renderText;
  }

  variable(name: string): unknown {
    return this.variables.get(name) ?? findGlobal(name, this.environment);
  }

  variableNames(): Iterable<string> {
    return this.variables.names();
  }

  attribute(target: unknown, name: string): unknown {
    return this.#placed(getAttribute(this.opened(target), name, this));
  }

  item(target: unknown, key: unknown): unknown {
    return this.#placed(getItem(this.opened(target), this.reveal(key), this));
  }

  filter(name: string, value: unknown, args: readonly unknown[], keywords: Keywords): unknown {
    return this.callPlugin(name, findFilter(name, this.environment), [value, ...args], keywords);
  }

  test(name: string, value: unknown, args: readonly unknown[], keywords: Keywords): unknown {
    const result = this.callPlugin(name, findTest(name, this.environment), [value, ...args], keywords);
    return result instanceof Marker ? result : isTrue(result);
  }

  call(callable: unknown, args: readonly unknown[], keywords: Keywords): unknown {
    const at = this.at;
    try {
      if (callable instanceof Marker) return callable;
      if (!(callable instanceof Callable)) throw wrongType(`'${typeName(callable)}' object is not callable`);
      return this.reached(callable.call(this, args, keywords));
    } catch (error) {
      return defer(error, at);
    }
  }

  /** Calls a filter or a test. */
  callPlugin(name: string, plugin: Native, args: readonly unknown[], keywords: Keywords): unknown {
    const at = this.at;
    try {
      return this.reached(callNative(plugin, name, this, args, keywords));
    } catch (error) {
      return defer(error, at);
    }
  }

  lookup(name: string, terms: readonly unknown[], keywords: Keywords): unknown {
    return this.reached(runLookup(name, terms, keywords, this));
  }

  has(kind: "filter" | "test", name: string): boolean {
    return hasPlugin(kind, name, this.environment);
  }

  reveal(value: unknown): unknown {
    return typeof value === "object" && value !== null ? this.revealer.reveal(value) : value;
  }

  /** Whether a condition holds. That a secret is there is none. */
  isTrue(value: unknown): boolean {
    return isTrue(this.#peek(value));
  }

  conceal(message: string): string {
    return this.revealer.conceal(message);
  }

  render(source: string, rendering: Rendering): unknown {
    return this.budget.within(() => this.#renderText(source, rendering));
  }

  step(): void {
    this.budget.step();
  }

  outside<Result>(work: () => Result): Result {
    return this.budget.outside(work);
  }

  changing(target: unknown): void {
    this.variables.checkOwn(target);
    this.revealer.forget();
  }

  /** A list or dict that is written out in the template: it is printed as it is at that time, others as they are at last. */
  made<Made extends object>(display: Made): Made {
    if (this.variables.isCopying) this.#displays.add(display);
    return display;
  }

  isDisplay(value: unknown): boolean {
    return typeof value === "object" && value !== null && this.#displays.has(value);
  }

  /** A value that a template gets hold of; one that cannot be known yet ends everything. */
  reached(value: unknown): unknown {
    if (isUnsettled(value)) this.reveal(value);
    return value;
  }

  /** A secret's text has attributes and characters; a list or dict is looked into as it is. */
  opened(target: unknown): unknown {
    return target instanceof Secret || isUnsettled(target) ? this.reveal(target) : target;
  }

  #peek(value: unknown): unknown {
    return value instanceof Secret ? value.reveal() : this.opened(value);
  }

  #placed(value: unknown): unknown {
    if (value instanceof Marker) value.at ??= this.at;
    return this.reached(value);
  }
}

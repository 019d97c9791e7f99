import type { Value } from "./compile-value.ts";
import { compileValue } from "./compile-value.ts";
import { compileBare } from "./engine/compile-source.ts";
import type { Evaluate } from "./engine/compiled.ts";
import type { Environment } from "./engine/environment.ts";
import { located } from "./engine/locate.ts";
import { Session } from "./engine/session.ts";
import { toData } from "./engine/to-data.ts";
import type { Scope, TemplateOptions } from "./options.ts";
import { ansibleSettings } from "./syntax/settings.ts";

/** An expression without `{{ }}`, as after `when:`. One that is wrapped in them is taken as a value. */
export function compileExpression(source: string, options: TemplateOptions = {}): Expression {
  return new Expression(source, options);
}

export class Expression {
  readonly source: string;
  readonly #options: TemplateOptions;
  readonly #evaluate: Evaluate | Value;

  constructor(source: string, options: TemplateOptions) {
    this.source = source;
    this.#options = options;
    const isWrapped = /^\s*\{[{%][\s\S]*[%}]\}\s*$/.test(source);
    this.#evaluate = isWrapped
      ? compileValue(source.trim(), { ...options, keepsBackslashes: false })
      : located(options.place, () => compileBare(source));
  }

  evaluate(scope: Scope, environment: Environment = {}): unknown {
    const evaluate = this.#evaluate;
    if (typeof evaluate !== "function") return evaluate.resolve(scope, environment);
    const session = new Session(scope, { ...this.#options, ...environment }, ansibleSettings);
    const frame = session.run({ run: () => undefined, blocks: new Map(), changed: new Set() }).top();
    return located(
      this.#options.place,
      () => {
        const value = evaluate(frame);
        return toData(value, session.render.revealer.hasRevealed);
      },
      session.render,
    );
  }
}

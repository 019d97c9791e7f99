import { compileValue, Value } from "./compile-value.ts";
import { compileBare } from "./engine/compile-source.ts";
import type { CompiledExpression } from "./engine/compiled.ts";
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
  readonly #compiled: CompiledExpression | Value;

  constructor(source: string, options: TemplateOptions) {
    this.source = source;
    this.#options = options;
    const isWrapped = /^\s*\{[{%][\s\S]*[%}]\}\s*$/.test(source);
    this.#compiled = isWrapped
      ? compileValue(source.trim(), { ...options, keepsBackslashes: false })
      : located(options.place, () => compileBare(source));
  }

  evaluate(scope: Scope, environment: Environment = {}): unknown {
    const compiled = this.#compiled;
    if (compiled instanceof Value) return compiled.resolve(scope, environment);
    const session = new Session(scope, { ...this.#options, ...environment }, ansibleSettings);
    const { changesData } = compiled;
    session.render.variables.isCopying = changesData;
    const frame = session.run({ run: () => undefined, blocks: new Map(), changesData }).top();
    return located(
      this.#options.place,
      () => {
        const value = compiled.evaluate(frame);
        return toData(value, session.render.revealer.hasRevealed);
      },
      session.render,
    );
  }
}

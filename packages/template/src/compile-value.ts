import { compileSource, settingsWith } from "./engine/compile-source.ts";
import type { CompiledTemplate } from "./engine/compiled.ts";
import type { Environment } from "./engine/environment.ts";
import { located } from "./engine/locate.ts";
import { Session, withLineEnds } from "./engine/session.ts";
import { toData } from "./engine/to-data.ts";
import type { Scope, TemplateOptions } from "./options.ts";
import { hasMarkers } from "./syntax/has-markers.ts";
import type { Settings } from "./syntax/settings.ts";

/** A text of YAML as Ansible reads it: itself without tags, the value of its only expression, else a text. */
export function compileValue(source: string, options: TemplateOptions = {}): Value {
  return new Value(source, options);
}

export class Value {
  readonly source: string;
  readonly #options: TemplateOptions;
  readonly #settings: Settings;
  readonly #compiled: CompiledTemplate | undefined;

  constructor(source: string, options: TemplateOptions) {
    this.source = source;
    this.#options = options;
    const keepsBackslashes = options.keepsBackslashes ?? true;
    this.#settings = located(options.place, () => settingsWith(options.settings));
    if (!hasMarkers(source, options.settings && this.#settings)) return;
    const settings = this.#settings;
    this.#compiled = located(options.place, () => compileSource(source, { settings, keepsBackslashes }));
  }

  /** Whether there is anything to compute. */
  get isTemplate(): boolean {
    return this.#compiled !== undefined;
  }

  /** Secret, or with secret texts in it, when the text of a secret went into it. */
  resolve(scope: Scope, environment: Environment = {}): unknown {
    const compiled = this.#compiled;
    if (compiled === undefined) return this.source;
    const session = new Session(scope, { ...this.#options, ...environment }, this.#settings);
    return located(
      this.#options.place,
      () => {
        const value = session.print(compiled).value();
        const ended = typeof value === "string" ? withLineEnds(value, this.source, this.#settings) : value;
        return toData(ended, session.render.revealer.hasRevealed);
      },
      session.render,
    );
  }
}

import { Secret } from "@evenkeel/core";
import { compileSource, settingsWith } from "./engine/compile-source.ts";
import type { CompiledTemplate } from "./engine/compiled.ts";
import type { Environment, Origin } from "./engine/environment.ts";
import { located } from "./engine/locate.ts";
import { Session, withLineEnds } from "./engine/session.ts";
import type { Scope, TemplateOptions } from "./options.ts";
import type { Settings } from "./syntax/settings.ts";

/** A template file, which always gives a text. A mistake in how it is written is thrown at once. */
export function compileTemplate(source: string, options: TemplateOptions = {}): Template {
  return new Template(source, options);
}

export class Template {
  readonly source: string;
  readonly #options: TemplateOptions;
  readonly #settings: Settings;
  readonly #compiled: CompiledTemplate;

  constructor(source: string, options: TemplateOptions) {
    this.source = source;
    this.#options = options;
    const keepsBackslashes = options.keepsBackslashes ?? false;
    [this.#settings, this.#compiled] = located(options.place, () => {
      const settings = settingsWith(options.settings);
      return [settings, compileSource(source, { settings, keepsBackslashes })] as const;
    });
  }

  /** Secret when the text of a secret is in it. What the environment has here goes before what the options had. */
  render(scope: Scope, environment: Environment = {}): string | Secret {
    const session = new Session(scope, { ...this.#options, ...environment }, this.#settings);
    const origin: Origin | undefined = this.#options.place;
    return located(
      origin,
      () => {
        const sink = session.print(this.#compiled);
        const value = sink.value();
        const text = typeof value === "string" ? withLineEnds(value, this.source, this.#settings) : sink.text();
        return session.render.revealer.hasRevealed ? new Secret(text) : text;
      },
      session.render,
    );
  }
}

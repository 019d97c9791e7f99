import type { Scope } from "../options.ts";
import type { Settings } from "../syntax/settings.ts";
import { compileSource, settingsWith } from "./compile-source.ts";
import type { CompiledTemplate } from "./compiled.ts";
import type { Rendering } from "./context.ts";
import type { Environment } from "./environment.ts";
import type { LoadTemplate } from "./load-template.ts";
import { Render } from "./render.ts";
import { Sink } from "./sink.ts";
import { TemplateRun } from "./template-run.ts";

/** One use of a template: with these variables, in this environment. Templates that it names are read with its settings. */
export class Session {
  readonly render: Render;
  readonly #load: LoadTemplate;

  constructor(scope: Scope, environment: Environment, settings: Settings) {
    this.render = new Render(scope, environment, (...of) => this.#renderText(...of));
    this.#load = (name, from) => {
      const found = environment.loader?.(name, from);
      return found && compileSource(found.source, { settings, keepsBackslashes: false, file: found.file });
    };
  }

  print(template: CompiledTemplate): Sink {
    const sink = new Sink(this.render);
    this.run(template).run(sink);
    return sink;
  }

  run(template: CompiledTemplate): TemplateRun {
    return new TemplateRun({ render: this.render, template, load: this.#load, surroundings: "variables" });
  }

  #renderText(source: string, { file, settings: own, variables }: Rendering): unknown {
    const settings = settingsWith(own);
    const run = this.run(compileSource(source, { settings, keepsBackslashes: false, file }));
    for (const [name, value] of variables) run.exports.set(name, value);
    const sink = new Sink(this.render);
    run.run(sink);
    const value = sink.value();
    return typeof value === "string" ? withLineEnds(value, source, settings) : value;
  }
}

/** Jinja2 drops a line feed at a template's end; Ansible puts back as many as there were. */
export function withLineEnds(text: string, source: string, { newlineSequence }: Settings): string {
  const missing = lineEnds(source) - lineEnds(text);
  return missing > 0 ? text + newlineSequence.repeat(missing) : text;
}

function lineEnds(text: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === "\n") count++;
  return count;
}

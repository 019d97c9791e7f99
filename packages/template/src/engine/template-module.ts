import { TemplateObject } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import type { Sink } from "./sink.ts";
import type { TemplateRun } from "./template-run.ts";

/** What `import` gives: what a template assigned at its top, and what it printed meanwhile. */
export class TemplateModule extends TemplateObject {
  readonly typeName = "TemplateModule";
  readonly #run: TemplateRun;
  readonly #printed: Sink;

  constructor(run: TemplateRun, printed: Sink) {
    super();
    this.#run = run;
    this.#printed = printed;
  }

  override attribute(name: string): unknown {
    return name.startsWith("_") ? undefined : this.#run.exports.get(name);
  }

  override toText(): string {
    return toText(this.#printed.value() ?? "");
  }

  get pieces(): readonly unknown[] {
    return this.#printed.pieces;
  }
}

import { TemplateFault, wrongType } from "../python/fault.ts";
import { Marker, Undefined } from "../python/marker.ts";
import { toText } from "../python/repr.ts";
import { typeName } from "../python/type-name.ts";
import { SelfReference } from "./block-reference.ts";
import type { CompiledBlock, CompiledTemplate } from "./compiled.ts";
import { findGlobal } from "./find-plugin.ts";
import { Frame } from "./frame.ts";
import type { LoadTemplate } from "./load-template.ts";
import type { Render } from "./render.ts";
import { Sink } from "./sink.ts";

/** One template of a render at work: the main one, or one that it includes or imports, together with those it extends. */
export class TemplateRun {
  readonly render: Render;
  readonly template: CompiledTemplate;
  readonly load: LoadTemplate;
  /** What was assigned at the top. */
  readonly exports = new Map<string, unknown>();
  /** For every block its versions, the one that is farthest from the base first. */
  readonly blocks = new Map<string, CompiledBlock[]>();
  /** The template to go on with. */
  parent: CompiledTemplate | undefined;
  readonly #surroundings: Frame | "variables" | "nothing";

  constructor({ render, template, load, surroundings }: RunOptions) {
    this.render = render;
    this.template = template;
    this.load = load;
    this.#surroundings = surroundings;
  }

  /** Runs it, and then what it extends. */
  run(sink: Sink, template = this.template): void {
    this.#take(template);
    const own = new Sink(this.render);
    this.parent = undefined;
    template.run(this.top(), own);
    for (const piece of own.pieces) sink.pieces.push(piece);
    const { parent } = this;
    if (parent !== undefined) this.render.budget.within(() => this.run(sink, parent));
  }

  #take({ blocks, changesData }: CompiledTemplate): void {
    if (changesData) this.render.variables.isCopying = true;
    for (const [name, block] of blocks) {
      const versions = this.blocks.get(name);
      if (versions === undefined) this.blocks.set(name, [block]);
      else versions.push(block);
    }
  }

  /** The first of these templates that there is; that there is none is an error. */
  find(names: readonly unknown[], from: string | undefined): CompiledTemplate {
    const found = this.findAny(names, from);
    if (found !== undefined) return found;
    const shown = names.map((name) => toText(name)).join(", ");
    throw new TemplateFault(
      "not-found",
      names.length === 1 ? `there is no template ${shown}` : `there is none of the templates ${shown}`,
    );
  }

  findAny(names: readonly unknown[], from: string | undefined): CompiledTemplate | undefined {
    for (const name of names) {
      if (typeof name !== "string") {
        if (name instanceof Marker) name.trip();
        throw wrongType(`a template is named by a text, not by ${typeName(name)}`);
      }
      const found = this.load(name, from);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Where names are that blocks see. */
  top(): Frame {
    return new Frame(this, undefined, this.exports);
  }

  /** A name that nothing in this template has given a value. */
  lookup(name: string): unknown {
    if (name === "self") return new SelfReference(this);
    const { render } = this;
    if (this.#surroundings instanceof Frame) return this.#surroundings.lookup(name);
    const own = this.#surroundings === "variables" ? render.variables.get(name) : undefined;
    if (own !== undefined) return own;
    const global = findGlobal(name, render.environment);
    if (global !== undefined) return global;
    const missing = new Undefined(`'${name}' is undefined`, name, {
      wanted: name,
      candidates: () => render.variableNames(),
    });
    missing.at = render.at;
    return missing;
  }
}

interface RunOptions {
  readonly render: Render;
  readonly template: CompiledTemplate;
  readonly load: LoadTemplate;
  /** What it sees beside its own names: the frame it was included in, the variables, or globals alone. */
  readonly surroundings: Frame | "variables" | "nothing";
}

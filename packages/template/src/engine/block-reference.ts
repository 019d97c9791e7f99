import { TemplateFault } from "../python/fault.ts";
import { Undefined } from "../python/marker.ts";
import { Callable, TemplateObject } from "../python/object.ts";
import type { CompiledBlock } from "./compiled.ts";
import { Frame } from "./frame.ts";
import { Sink } from "./sink.ts";
import type { TemplateRun } from "./template-run.ts";

/** Prints one version of a block, the one that overrides all others being 0. */
export function runBlock(run: TemplateRun, name: string, version: number, sink: Sink, around: Frame | undefined): void {
  const block = versionOf(run, name, version);
  if (block.isRequired) throw new TemplateFault("required", `the required block ${name} is not there`);
  const frame = new Frame(run, around ?? run.top());
  frame.names.set("super", parentOf(run, name, version));
  run.render.budget.within(() => block.run(frame, sink));
}

/** `self.name()` and `super()` */
class BlockReference extends Callable {
  readonly typeName = "BlockReference";
  readonly #run: TemplateRun;
  readonly #name: string;
  readonly #version: number;

  constructor(run: TemplateRun, name: string, version: number) {
    super();
    this.#run = run;
    this.#name = name;
    this.#version = version;
  }

  override call(): unknown {
    const sink = new Sink(this.#run.render);
    runBlock(this.#run, this.#name, this.#version, sink, undefined);
    return sink.value();
  }

  override attribute(name: string): unknown {
    return name === "super" ? parentOf(this.#run, this.#name, this.#version) : undefined;
  }
}

/** `self`: the blocks of a template by their names. */
export class SelfReference extends TemplateObject {
  readonly typeName = "TemplateReference";
  readonly #run: TemplateRun;

  constructor(run: TemplateRun) {
    super();
    this.#run = run;
  }

  override attribute(name: string): unknown {
    return this.#run.blocks.has(name) ? new BlockReference(this.#run, name, 0) : undefined;
  }
}

function versionOf(run: TemplateRun, name: string, version: number): CompiledBlock {
  const block = run.blocks.get(name)?.[version];
  if (block === undefined) throw new TemplateFault("block", `there is no block ${name}`);
  return block;
}

function parentOf(run: TemplateRun, name: string, version: number): unknown {
  const hasParent = (run.blocks.get(name)?.length ?? 0) > version + 1;
  return hasParent
    ? new BlockReference(run, name, version + 1)
    : new Undefined(`there is no parent block called '${name}'`, "super");
}

import type { Render } from "./render.ts";
import type { TemplateRun } from "./template-run.ts";

/** The names that a part of a template has of its own, over those of what surrounds it. */
export class Frame {
  readonly run: TemplateRun;
  readonly parent: Frame | undefined;
  readonly names: Map<string, unknown>;

  constructor(run: TemplateRun, parent: Frame | undefined, names = new Map<string, unknown>()) {
    this.run = run;
    this.parent = parent;
    this.names = names;
  }

  inner(): Frame {
    return new Frame(this.run, this);
  }

  /** What is assigned here is seen by blocks and by templates that import this one. */
  get isTop(): boolean {
    return this.names === this.run.exports;
  }

  get render(): Render {
    return this.run.render;
  }

  lookup(name: string): unknown {
    const local = this.local(name);
    return local === undefined ? this.run.lookup(name) : local;
  }

  local(name: string): unknown {
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame.parent) {
      const value = frame.names.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

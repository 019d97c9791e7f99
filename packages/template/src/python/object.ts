import type { Context } from "../engine/context.ts";

/** Arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;
export const noKeywords: Keywords = new Map();

/** A value with attributes of its own that only templates know: `loop`, a namespace, a date. Never a plain JavaScript object. */
export abstract class TemplateObject {
  abstract readonly typeName: string;
  /** Whether it can be kept as the value of a variable. */
  readonly isData: boolean = false;

  /** undefined when there is none of that name. */
  attribute(_name: string, _context: Context): unknown {
    return undefined;
  }

  toText(): string {
    return `<${this.typeName}>`;
  }
}

/** What a template can call. */
export abstract class Callable extends TemplateObject {
  abstract call(context: Context, args: readonly unknown[], keywords: Keywords): unknown;
}

import type { Context } from "../engine/context.ts";
import type { Native } from "../python/native.ts";
import { callNative } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { Callable } from "../python/object.ts";

/** A function of ours that templates know by a name. */
export class NativeFunction extends Callable {
  readonly typeName = "function";
  readonly #name: string;
  readonly #native: Native;

  constructor(name: string, native: Native) {
    super();
    this.#name = name;
    this.#native = native;
  }

  override call(context: Context, args: readonly unknown[], keywords: Keywords): unknown {
    return callNative(this.#native, this.#name, context, args, keywords);
  }

  override toText(): string {
    return `<function ${this.#name}>`;
  }
}

import type { Context } from "../engine/context.ts";
import type { Native } from "./native.ts";
import { callNative } from "./native.ts";
import type { Keywords } from "./object.ts";
import { Callable } from "./object.ts";
import { typeName } from "./type-name.ts";

/** A method together with the value it is called on: `name.split`. */
export class BoundMethod extends Callable {
  readonly typeName = "builtin_function_or_method";
  readonly self: unknown;
  readonly name: string;
  readonly method: Native;

  constructor(self: unknown, name: string, method: Native) {
    super();
    this.self = self;
    this.name = name;
    this.method = method;
  }

  override call(context: Context, args: readonly unknown[], keywords: Keywords): unknown {
    return callNative(this.method, this.name, context, [this.self, ...args], keywords);
  }

  override toText(): string {
    return `<built-in method ${this.name} of ${typeName(this.self)} object>`;
  }
}

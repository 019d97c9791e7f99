import type { MacroNode } from "../syntax/nodes.ts";
import { isMacro } from "../syntax/nodes.ts";
import { everyNode } from "../syntax/walk.ts";
import type { Compiler } from "./compiler.ts";
import type { MacroSource } from "./macro.ts";

const special = new Set(["varargs", "kwargs", "caller"]);

/** A macro, or the body of a call. */
export function compileMacro({ name, args, body }: MacroNode, compiler: Compiler): MacroSource {
  const parameters = args.children.flatMap((each) => {
    if (each.typename === "Symbol") return [{ name: each.value, otherwise: undefined }];
    return each.children.map(({ key, value }) => ({
      name: key.value,
      otherwise: isMacro(value) ? undefined : compiler.expression(value),
    }));
  });
  const uses = new Set<string>();
  for (const node of everyNode(body)) {
    const { value } = node as { readonly value?: unknown };
    if (node.typename === "Symbol" && special.has(String(value))) uses.add(String(value));
  }
  return { name: name.value, parameters, body: compiler.body(body), uses };
}

import { TemplateFault } from "../python/fault.ts";
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
    if (each.typename !== "KeywordArgs") throw noName(each);
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

/** What is given beyond the parameters is in `varargs` and `kwargs` without being asked for. */
function noName({ lineno, colno }: { readonly lineno: number; readonly colno: number }): TemplateFault {
  return new TemplateFault("syntax", "a macro's parameters are names", {
    at: { lineno, colno },
    hint: "what is given beyond them is in varargs and kwargs",
  });
}

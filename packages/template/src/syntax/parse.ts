import type { Position } from "../python/fault.ts";
import { LimitReached, TemplateFault } from "../python/fault.ts";
import type { Body, Expression } from "./nodes.ts";
import type { Settings } from "./settings.ts";
import { StatementParser } from "./statement-parser.ts";
import { JinjaTokenizer } from "./tokenizer.ts";

/** A text with tags in it. `keepsBackslashes` is how Ansible reads what comes from YAML: there `\n` has been seen to already. */
export function parseTemplate(source: string, settings: Settings, keepsBackslashes: boolean): Body {
  return guarded(() => {
    const parser = new StatementParser(new JinjaTokenizer(source, settings, { start: "text", keepsBackslashes }));
    return parser.parseAsRoot() as unknown as Body;
  });
}

/** An expression on its own, as after `when:`. */
export function parseExpression(source: string, settings: Settings): Expression {
  return guarded(() => {
    const parser = new StatementParser(
      new JinjaTokenizer(source, settings, { start: "expression", keepsBackslashes: false }),
    );
    if (parser.isNext("variable-end")) throw new TemplateFault("syntax", "there is no expression here", { at: start });
    const node = parser.parseExpression();
    const rest = parser.take();
    if (rest.type !== "variable-end")
      throw new TemplateFault("syntax", `unexpected ${String(rest.value)}`, { at: rest });
    return node;
  });
}

const start: Position = { lineno: 0, colno: 0 };

/** Nesting too deep for the parser's own recursion is a mistake of the template, too. */
function guarded<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw new LimitReached("the template is nested too deeply");
    throw error;
  }
}

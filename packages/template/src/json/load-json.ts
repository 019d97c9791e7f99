import { wrongValue } from "../python/fault.ts";
import { float } from "../python/float.ts";
import { int } from "../python/integer.ts";

/** Reads JSON with what Python tells apart: 1 and 1.0, and ints of any size. */
export function loadJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { readonly source: string }) => {
      if (typeof value !== "number" || context === undefined) return value;
      return /[.eE]/.test(context.source)
        ? float(value)
        : int(Number.isSafeInteger(value) ? value : BigInt(context.source));
    });
  } catch (error) {
    throw wrongValue(`this is no JSON: ${withoutText((error as Error).message)}`);
  }
}

/** Node shows the text, or a part of it, which may be a secret. */
function withoutText(message: string): string {
  return message.startsWith("Unexpected token") ? "an unexpected character" : message.replace(/, (?:\.\.\.)?".*$/s, "");
}

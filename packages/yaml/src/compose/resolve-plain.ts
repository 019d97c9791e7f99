import { readFloat, readInt } from "./read-number.ts";
import { readTimestamp } from "./read-timestamp.ts";
import type { ScalarTypes } from "./scalar-types.ts";
import type { ScalarTag } from "./tags.ts";

/** What YAML 1.1's implicit types make of a scalar. */
export type ImplicitType = Exclude<ScalarTag, "binary"> | "merge" | "value";

const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const timestamp =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

const words = new Map<string, ImplicitType>([
  ["", "null"],
  ["~", "null"],
  ["<<", "merge"],
  ["=", "value"],
  ...["null", "Null", "NULL"].map((word): [string, ImplicitType] => [word, "null"]),
  ...["yes", "no", "true", "false", "on", "off"].flatMap((word) =>
    [word, word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()].map((each): [string, ImplicitType] => [
      each,
      "bool",
    ]),
  ),
]);

/** The type of a scalar without quotes, by PyYAML's patterns: `1e3` and `0o17` are strings, `012` and `1:30` are not. */
export function implicitType(text: string): ImplicitType {
  if (text.length < 6) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  const code = text.charCodeAt(0);
  // Only digits, signs and dots can begin a number or a date.
  if (code > 0x39 || code < 0x2b || code === 0x2c || code === 0x2f) return "str";
  if (float.test(text)) return "float";
  if (int.test(text)) return "int";
  return timestamp.test(text) ? "timestamp" : "str";
}

/** The value of a scalar of a known type; undefined when it cannot be of this type. */
export function readScalar(type: ScalarTag, text: string, types: ScalarTypes): unknown {
  if (type === "str") return text;
  if (type === "null") return null;
  if (type === "bool") return readBool(text);
  if (type === "int") return readInt(text);
  if (type === "float") return readFloat(text, types);
  if (type === "timestamp") return readTimestamp(text, types);
  return readBinary(text, types);
}

function readBool(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return words.get(word) === "bool" ? word === "yes" || word === "true" || word === "on" : undefined;
}

function readBinary(text: string, { bytes }: ScalarTypes): unknown {
  const base64 = text.replace(/[^A-Za-z0-9+/=]/g, "");
  const data = Buffer.from(base64, "base64");
  // Buffer never complains; what it gives back must come to the same.
  return data.toString("base64").replace(/=+$/, "") === base64.replace(/=+$/, "") ? bytes(data) : undefined;
}

import { intArgument, optionalInt, textArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import { textLength } from "../python/length.ts";
import { checkText } from "../python/limits.ts";
import { capitalize } from "../python/methods/letter-methods.ts";
import { center, replaceText } from "../python/methods/text-methods.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { percentFormat } from "../python/percent-format.ts";
import { toText } from "../python/repr.ts";
import { splitLines, strip } from "../python/split-text.ts";
import { isTrue } from "../python/truth.ts";
import { tuple } from "../python/tuple.ts";
import { wordWrap } from "./word-wrap.ts";

/** Jinja2's filters on texts. Most take any value, as the text it prints. */
export const textFilters: Readonly<Record<string, Native>> = {
  string: native("value", toText),
  upper: native("value", (value) => toText(value).toUpperCase()),
  lower: native("value", (value) => toText(value).toLowerCase()),
  capitalize: native("value", (value) => capitalize(toText(value))),
  title: native("value", (value) => titled(toText(value))),
  trim: native("value chars?", (value, chars = null) =>
    strip(toText(value), chars === null ? undefined : textArgument(chars, "chars"), "both"),
  ),
  center: native("value width?", (value, width = 80) => {
    checkText(intArgument(width, "width"));
    return center(toText(value), intArgument(width, "width"), " ");
  }),
  replace: native("value old new count?", (value, old, by, count) =>
    replaceText(toText(value), toText(old), toText(by), optionalInt(count, "count")),
  ),
  format: native("value *args **named", (value, args, named) => {
    const byName = named as Map<string, unknown>;
    const byPlace = args as unknown[];
    if (byName.size > 0 && byPlace.length > 0)
      throw wrongValue("can't handle positional and keyword arguments at the same time");
    return percentFormat(toText(value), byName.size > 0 ? byName : tuple(...byPlace));
  }),
  indent: native("value width? first? blank?", (value, width = 4, first = false, blank = false) =>
    indent(textArgument(value, "what is indented"), width, isTrue(first), isTrue(blank)),
  ),
  truncate: native(
    "value length? killwords? end? leeway?",
    (value, size = 255, killsWords = false, end = "...", leeway = null) =>
      truncate(textArgument(value, "what is truncated"), {
        size: intArgument(size, "length"),
        killsWords: isTrue(killsWords),
        end: toText(end),
        leeway: optionalInt(leeway, "leeway") ?? 5,
      }),
  ),
  wordwrap: native(
    "value width? break_long_words? wrapstring? break_on_hyphens?",
    (value, width = 79, breaksLong = true, by = null, breaksHyphens = true) => {
      const lineEnd = by === null ? "\n" : toText(by);
      const options = {
        width: intArgument(width, "width"),
        breaksLongWords: isTrue(breaksLong),
        breaksOnHyphens: isTrue(breaksHyphens),
      };
      return splitLines(toText(value))
        .map((line) => wordWrap(line, options).join(lineEnd))
        .join(lineEnd);
    },
  ),
  wordcount: native("value", (value) => toText(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
};

function titled(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map(capitalize)
    .join("");
}

function indent(text: string, width: unknown, indentsFirst: boolean, indentsBlank: boolean): string {
  const indention =
    typeof width === "string" ? width : " ".repeat(Math.max(0, Math.min(intArgument(width, "width"), 1 << 20)));
  const lines = splitLines(`${text}\n`);
  checkText(text.length + lines.length * indention.length);
  const [first = "", ...rest] = lines;
  const indented = rest.map((line) => (line === "" && !indentsBlank ? line : indention + line));
  return (indentsFirst ? indention : "") + [first, ...indented].join("\n");
}

interface Truncating {
  readonly size: number;
  readonly killsWords: boolean;
  readonly end: string;
  readonly leeway: number;
}

function truncate(text: string, { size, killsWords, end, leeway }: Truncating): string {
  if (size < textLength(end)) throw wrongValue(`expected length >= ${textLength(end)}, got ${size}`);
  if (leeway < 0) throw wrongValue(`expected leeway >= 0, got ${leeway}`);
  if (textLength(text) <= size + leeway) return text;
  const kept = Array.from(text)
    .slice(0, size - textLength(end))
    .join("");
  return (killsWords ? kept : kept.replace(/ [^ ]*$/, "")) + end;
}

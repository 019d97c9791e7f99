import { intArgument, optionalInt, textArgument } from "../arguments.ts";
import { wrongType, wrongValue } from "../fault.ts";
import { formatText } from "../format-text.ts";
import { listOf } from "../iterate.ts";
import { characters, textLength } from "../length.ts";
import { checkText } from "../limits.ts";
import type { Native } from "../native.ts";
import { native, nativeIn } from "../native.ts";
import { Slice, slice } from "../slice.ts";
import { splitLines, splitText, splitTextFromEnd, strip } from "../split-text.ts";
import { isTrue } from "../truth.ts";
import { Tuple, tuple } from "../tuple.ts";
import { typeName } from "../type-name.ts";
import { letterMethods } from "./letter-methods.ts";

const text = (value: unknown) => textArgument(value, "the text");
const separatorOf = (value: unknown) =>
  value === undefined || value === null ? undefined : textArgument(value, "sep");

/** What templates can call on a text. The first argument is the text itself. */
export const textMethods: Readonly<Record<string, Native>> = {
  ...letterMethods,
  split: native("self sep? maxsplit?", (self, sep, most) =>
    splitText(text(self), separatorOf(sep), optionalInt(most, "maxsplit")),
  ),
  rsplit: native("self sep? maxsplit?", (self, sep, most) =>
    splitTextFromEnd(text(self), separatorOf(sep), optionalInt(most, "maxsplit")),
  ),
  splitlines: native("self keepends?", (self, keeps = false) => splitLines(text(self), isTrue(keeps))),
  strip: native("self chars?", (self, chars) => strip(text(self), separatorOf(chars), "both")),
  lstrip: native("self chars?", (self, chars) => strip(text(self), separatorOf(chars), "left")),
  rstrip: native("self chars?", (self, chars) => strip(text(self), separatorOf(chars), "right")),
  join: native("self iterable", (self, iterable) => joinTexts(text(self), listOf(iterable))),
  replace: native("self old new count?", (self, old, by, count) =>
    replaceText(
      text(self),
      textArgument(old, "replace() argument 1"),
      textArgument(by, "replace() argument 2"),
      optionalInt(count, "count"),
    ),
  ),
  startswith: native("self prefix start? end?", (self, prefix, start, end) =>
    affixes(prefix, "startswith").some((each) => part(self, start, end).startsWith(each)),
  ),
  endswith: native("self suffix start? end?", (self, suffix, start, end) =>
    affixes(suffix, "endswith").some((each) => part(self, start, end).endsWith(each)),
  ),
  removeprefix: native("self prefix", (self, prefix) =>
    text(self).startsWith(text(prefix)) ? text(self).slice(text(prefix).length) : self,
  ),
  removesuffix: native("self suffix", (self, suffix) =>
    text(suffix) !== "" && text(self).endsWith(text(suffix)) ? text(self).slice(0, -text(suffix).length) : self,
  ),
  find: native("self sub start? end?", (self, sub, start, end) => find(self, sub, start, end, "first")),
  rfind: native("self sub start? end?", (self, sub, start, end) => find(self, sub, start, end, "last")),
  index: native("self sub start? end?", (self, sub, start, end) => found(find(self, sub, start, end, "first"))),
  rindex: native("self sub start? end?", (self, sub, start, end) => found(find(self, sub, start, end, "last"))),
  count: native("self sub start? end?", (self, sub, start, end) =>
    countIn(part(self, start, end), textArgument(sub, "count() argument")),
  ),
  partition: native("self sep", (self, sep) =>
    partition(text(self), text(sep), text(self).indexOf(text(sep)), "first"),
  ),
  rpartition: native("self sep", (self, sep) =>
    partition(text(self), text(sep), text(self).lastIndexOf(text(sep)), "last"),
  ),
  zfill: native("self width", (self, width) => zeroFill(text(self), padding(width))),
  ljust: native("self width fill?", (self, width, fill = " ") => text(self) + room(self, width, fill)),
  rjust: native("self width fill?", (self, width, fill = " ") => room(self, width, fill) + text(self)),
  center: native("self width fill?", (self, width, fill = " ") => center(text(self), padding(width), text(fill))),
  expandtabs: native("self tabsize?", (self, size = 8) => expandTabs(text(self), intArgument(size, "tabsize"))),
  format: nativeIn("self *args **kwargs", (context, self, args, named) =>
    formatText(text(self), args as unknown[], named as Map<string, unknown>, context),
  ),
  format_map: nativeIn("self mapping", (context, self, mapping) =>
    formatText(text(self), [], mapping as Map<string, unknown>, context),
  ),
};

function joinTexts(separator: string, parts: readonly unknown[]): string {
  const texts = parts.map((part, index) => {
    if (typeof part === "string") return part;
    throw wrongType(
      `sequence item ${index}: expected str instance, ${typeName(part)} found`,
      "map the elements with `| map('string')` first",
    );
  });
  checkText(texts.reduce((sum, each) => sum + each.length + separator.length, 0));
  return texts.join(separator);
}

export function replaceText(self: string, old: string, by: string, most = -1): string {
  const parts = old === "" ? ["", ...characters(self), ""] : self.split(old);
  const count = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  checkText(self.length + count * by.length);
  return (
    parts.slice(0, count + 1).join(by) +
    parts
      .slice(count + 1)
      .map((part) => old + part)
      .join("")
  );
}

export function center(self: string, width: number, fill: string): string {
  const free = Math.max(0, width - textLength(self));
  const left = Math.floor(free / 2) + (free & width & 1);
  return fill.repeat(left) + self + fill.repeat(free - left);
}

function padding(width: unknown): number {
  const size = intArgument(width, "width");
  checkText(size);
  return size;
}

function room(self: unknown, width: unknown, fill: unknown): string {
  if (textLength(text(fill)) !== 1) throw wrongType("The fill character must be exactly one character long");
  return text(fill).repeat(Math.max(0, padding(width) - textLength(text(self))));
}

function affixes(value: unknown, method: string): readonly string[] {
  if (value instanceof Tuple) return value.map((each) => textArgument(each, `${method} argument`));
  return [textArgument(value, `${method} first arg`)];
}

function part(self: unknown, start: unknown, end: unknown): string {
  if (start === undefined && end === undefined) return text(self);
  return slice(text(self), new Slice(start, end, undefined)) as string;
}

function find(self: unknown, sub: unknown, start: unknown, end: unknown, which: "first" | "last"): number {
  const within = part(self, start, end);
  const wanted = textArgument(sub, "find() argument");
  const at = which === "first" ? within.indexOf(wanted) : within.lastIndexOf(wanted);
  if (at < 0) return -1;
  const from = optionalInt(start, "start") ?? 0;
  const skipped = from < 0 ? Math.max(0, textLength(text(self)) + from) : from;
  return skipped + textLength(within.slice(0, at));
}

function found(at: number): number {
  if (at < 0) throw wrongValue("substring not found");
  return at;
}

function countIn(within: string, wanted: string): number {
  return wanted === "" ? textLength(within) + 1 : within.split(wanted).length - 1;
}

function partition(self: string, separator: string, at: number, which: "first" | "last"): unknown {
  if (separator === "") throw wrongValue("empty separator");
  if (at < 0) return which === "first" ? tuple(self, "", "") : tuple("", "", self);
  return tuple(self.slice(0, at), separator, self.slice(at + separator.length));
}

function zeroFill(self: string, width: number): string {
  const sign = /^[+-]/.exec(self)?.[0] ?? "";
  return sign + "0".repeat(Math.max(0, width - textLength(self))) + self.slice(sign.length);
}

function expandTabs(self: string, size: number): string {
  let column = 0;
  return self.replace(/\t|[\n\r]|[^\t\n\r]+/g, (piece) => {
    if (piece === "\n" || piece === "\r") column = 0;
    else if (piece !== "\t") column += textLength(piece);
    else {
      const blanks = size <= 0 ? 0 : size - (column % size);
      column += blanks;
      return " ".repeat(blanks);
    }
    return piece;
  });
}

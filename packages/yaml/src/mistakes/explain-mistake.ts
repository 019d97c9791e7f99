import type { LastScalars } from "../scan/scanner.ts";
import type { Token } from "../scan/token.ts";
import type { LineIndex } from "./line-index.ts";
import { Mistake } from "./mistake.ts";

const longest = 1000;

/**
 * What people usually meant when they wrote this: better than what the grammar has to say of it. Told of a mistake that
 * reading could not get past, with the last scalars before it; of others, only a template without quotes is known.
 */
export function explainMistake(mistake: Mistake, lines: LineIndex, { quoted, plain }: LastScalars = {}): Mistake {
  // Nobody wrote such a line by hand, and patterns take their time over it.
  if (lines.textOf(lines.lineAt(mistake.offset)).length > longest) return mistake;
  return (
    explainTemplate(mistake, lines) ??
    (quoted && explainQuote(mistake, quoted, lines)) ??
    explainMissingBlank(mistake, lines, plain) ??
    explainColon(mistake, lines) ??
    mistake
  );
}

/** `key: {{ value }}` begins a mapping. */
function explainTemplate({ offset, since = offset }: Mistake, lines: LineIndex): Mistake | undefined {
  for (const each of [offset, since]) {
    const line = lines.lineAt(each);
    const [, before, value] =
      /^(\s*(?:- +)*(?:[^\s'"{}#][^'"{}#]*?: +)?)(\{[{%].*?)\s*$/.exec(lines.textOf(line).slice(0, longest)) ?? [];
    if (before === undefined || value === undefined) continue;
    const hint = `quote it: ${before.trimStart()}${quoted(value)}`;
    const start = lines.startOf(line) + before.length;
    return new Mistake("template", "a value that begins with a brace is a mapping", start, { hint });
  }
  return undefined;
}

/** `"one" and two`, or a quote that was not closed where it should have been. */
function explainQuote({ offset }: Mistake, last: Token, lines: LineIndex): Mistake | undefined {
  if (last.end > offset || lines.lineAt(last.end) !== lines.lineAt(offset)) return undefined;
  if (lines.lineAt(last.start) < lines.lineAt(last.end)) {
    const message = `this quote is only closed on line ${lines.lineAt(last.end)}, and more follows there`;
    return new Mistake("quote", message, last.start, { since: offset, hint: "close it where its value ends" });
  }
  const line = lines.textOf(lines.lineAt(offset));
  const lineStart = lines.startOf(lines.lineAt(offset));
  if (line.slice(last.end - lineStart, offset - lineStart).trim() !== "") return undefined;
  return new Mistake("after-quote", "a value ends at its closing quote, and more follows", offset, {
    hint: `quote all of it: ${quoted(line.slice(last.start - lineStart).trimEnd())}`,
  });
}

/** `key: one: two`, or a key that is indented like a part of the value above. */
function explainColon({ code, offset }: Mistake, lines: LineIndex): Mistake | undefined {
  if (code !== "colon") return undefined;
  const line = lines.lineAt(offset);
  const before = lines.textOf(line).slice(0, offset - lines.startOf(line));
  const [, key, value] = /^\s*(?:- +)*([^\s'"#][^#]*?:) +(\S.*)$/.exec(before) ?? [];
  if (key && value) {
    const whole = value + lines.textOf(line).slice(before.length).trimEnd();
    return new Mistake("colon", "a value without quotes cannot hold a colon and a blank", offset, {
      hint: `quote it: ${key} ${quoted(whole)}`,
    });
  }
  return new Mistake("colon", "this is indented like a part of the value above, and is a key", offset, {
    hint: "indent it like the keys it belongs to; a key has either a value on its line or others under it",
  });
}

/** `-name: x` and `key:value`, on this line or at the start of the value that reaches to it. */
function explainMissingBlank({ code, offset }: Mistake, lines: LineIndex, plain?: Token): Mistake | undefined {
  if (code !== "indentation" && code !== "expected-key" && code !== "colon") return undefined;
  const isReaching = plain && lines.lineAt(plain.end) === lines.lineAt(offset);
  for (const each of isReaching ? [plain.start, offset] : [offset]) {
    const line = lines.lineAt(each);
    const text = lines.textOf(line);
    const [, dashes = "", dash, key, value] =
      /^(\s*(?:- +)*)(?:(-)[A-Za-z_]|([A-Za-z_][\w.-]*):([^\s:/\\].*))/.exec(text) ?? [];
    const start = lines.startOf(line) + dashes.length;
    if (dash) return new Mistake("dash", "a dash needs a blank after it", start, { since: offset });
    if (key && value) {
      const hint = `${key}: ${value.trimEnd()}`;
      return new Mistake("colon", "a colon needs a blank after it", start + key.length, { since: offset, hint });
    }
  }
  return undefined;
}

/** A text in quotes that it does not hold itself, if there are such. */
function quoted(text: string): string {
  if (!text.includes('"') && !text.includes("\\")) return `"${text}"`;
  return `'${text.replaceAll("'", "''")}'`;
}

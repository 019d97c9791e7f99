import { InputError } from "@evenkeel/core";

/** How a pattern is read unless it says so itself, as Python's `re` has it. */
export interface PatternOptions {
  /** `^` and `$` are at each line's ends. */
  readonly multiline?: boolean;
  /** `.` is a line feed, too. */
  readonly dotAll?: boolean;
  /** All matches are wanted, not the first. */
  readonly global?: boolean;
  /** It must match where the text begins, as Python's `match` has it. */
  readonly atStart?: boolean;
  /** Where groups begin and end is wanted, too. */
  readonly indices?: boolean;
}

/**
 * A regular expression as Python reads it, since that is what playbooks are written for. What the two languages spell
 * alike and mean otherwise (`$`, `.`, `^`) is said so that it means the same; what has no counterpart is refused.
 */
export function pythonPattern(source: string, options: PatternOptions = {}): RegExp {
  const [, letters = "", rest = source] = /^\(\?([aiLmsux]+)\)(.*)$/s.exec(source) ?? [];
  if (letters.includes("x")) throw wrong(source, "verbose patterns `(?x)` are not read");
  const multiline = options.multiline === true || letters.includes("m");
  const dotAll = options.dotAll === true || letters.includes("s");
  const body = translated(rest, { multiline, dotAll }, source);
  try {
    return new RegExp(
      options.atStart ? `^(?:${body})` : body,
      `${options.global ? "g" : ""}${options.indices ? "d" : ""}${letters.includes("i") ? "i" : ""}`,
    );
  } catch (cause) {
    throw wrong(source, (cause as Error).message.replace(/^.*: /, ""));
  }
}

/** Pieces that are read as one: escapes, sets, groups' beginnings, counts, and single characters. */
const PIECE =
  /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?P<[A-Za-z_]\w*>|\(\?P=[A-Za-z_]\w*\)|\(\?#[^)]*\)|\(\?\(|\(\?>|\{,\d+\}|[*+?}]\+|[\s\S]/g;

function translated(pattern: string, { multiline, dotAll }: PatternOptions, source: string): string {
  const meanings = meaningsOf(multiline, dotAll);
  return pattern.replace(PIECE, (piece) => {
    if (piece.startsWith("[")) return translatedSet(piece);
    if (piece.startsWith("(?P<")) return `(?<${piece.slice(4)}`;
    if (piece.startsWith("(?P=")) return `\\k<${piece.slice(4, -1)}>`;
    if (piece.startsWith("(?#")) return "";
    if (piece.startsWith("{,")) return `{0${piece.slice(1)}`;
    if (piece === "(?(" || piece === "(?>" || /^[*+?}]\+$/.test(piece))
      throw wrong(source, `${piece} is not read here`);
    return meanings[piece] ?? piece;
  });
}

function meaningsOf(multiline = false, dotAll = false): Readonly<Record<string, string>> {
  return {
    "\\A": "(?<![\\s\\S])",
    "\\Z": "(?![\\s\\S])",
    "^": multiline ? "(?<![^\\n])" : "(?<![\\s\\S])",
    $: multiline ? "(?![^\\n])" : "(?=\\n?(?![\\s\\S]))",
    ".": dotAll ? "[\\s\\S]" : "[^\\n]",
  };
}

/** In Python a `]` that comes first is itself, and a `[` needs no escape; in JavaScript it may have one. */
function translatedSet(set: string): string {
  const [, start = "[", inside = ""] = /^(\[\^?)([\s\S]*)\]$/.exec(set) ?? [];
  return `${start}${inside.replace(/^\]/, "\\]").replace(/(?<!\\)\[/g, "\\[")}]`;
}

/** What takes the place of a match, as Python reads it: `\1`, `\g<1>`, `\g<name>`, and escapes of control characters. */
export function expandPython(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\\(g<(\w+)>|[1-9]\d?|0[0-7]{0,2}|[\s\S])/g, (whole, what: string, named?: string) => {
    if (named !== undefined) return groupIn(match, named);
    if (/^[1-9]/.test(what)) return groupIn(match, what);
    if (/^0/.test(what)) return String.fromCharCode(Number.parseInt(what, 8));
    return CONTROLS[what] ?? (what === "\\" ? "\\" : whole);
  });
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" };

function groupIn(match: RegExpExecArray, name: string): string {
  const isNumber = /^\d+$/.test(name);
  const isThere = isNumber ? Number(name) < match.length : Object.hasOwn(match.groups ?? {}, name);
  if (!isThere) throw wrong(match[0], `the pattern has no group ${name}`);
  return (isNumber ? match[Number(name)] : match.groups?.[name]) ?? "";
}

function wrong(pattern: string, why: string): InputError {
  return new InputError({
    code: "text/pattern",
    message: `not a regular expression that we read: ${pattern}`,
    detail: why,
    hint: "patterns are Python's; backslashes need no doubling in single quotes",
  });
}

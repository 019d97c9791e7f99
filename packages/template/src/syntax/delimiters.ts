import { escapePattern } from "./escape-pattern.ts";
import type { Settings } from "./settings.ts";

/** A delimiter that opens something, with the sign that stands beside it: `{%-`, `{{+`. */
export interface Opening {
  readonly kind: "raw" | "comment" | "block" | "variable" | "line" | "lineComment";
  readonly sign: string;
  readonly at: number;
  readonly end: number;
}

export interface Delimiters {
  /** The next thing that opens at or after an offset. */
  next(source: string, from: number): Opening | undefined;
  /** Where a comment or raw block that was opened before `from` ends. */
  endOf(kind: "comment" | "lineComment" | "raw", source: string, from: number): Omit<Opening, "kind"> | undefined;
  /** What ends a block, a variable or a line statement; sticky. */
  readonly ends: { readonly block: RegExp; readonly variable: RegExp; readonly line: RegExp };
}

const cache = new WeakMap<Settings, Delimiters>();

export function delimitersOf(settings: Settings): Delimiters {
  const known = cache.get(settings) ?? compile(settings);
  cache.set(settings, known);
  return known;
}

function compile(settings: Settings): Delimiters {
  const block = escapePattern(settings.blockStart);
  const blockEnd = escapePattern(settings.blockEnd);
  const variableEnd = escapePattern(settings.variableEnd);
  const commentEnd = escapePattern(settings.commentEnd);
  const suffix = settings.trimBlocks ? "\\n?" : "";
  const openings = openingPattern(settings, block, blockEnd);
  const ends = {
    comment: new RegExp(`(?:\\+${commentEnd}|-${commentEnd}\\s*|${commentEnd}${suffix})`, "g"),
    lineComment: /(?=\n|$(?![\s\S]))/g,
    raw: new RegExp(
      `${block}(?<sign>[-+]?)\\s*endraw\\s*(?:\\+${blockEnd}|-${blockEnd}\\s*|${blockEnd}${suffix})`,
      "g",
    ),
  };
  return {
    next: (source, from) => {
      openings.lastIndex = from;
      const match = openings.exec(source);
      return match === null ? undefined : readOpening(match);
    },
    endOf: (kind, source, from) => {
      const end = ends[kind];
      end.lastIndex = from;
      const match = end.exec(source);
      if (match === null) return undefined;
      return { at: match.index, end: match.index + match[0].length, sign: match.groups?.sign ?? "" };
    },
    ends: {
      block: new RegExp(`\\+${blockEnd}|-${blockEnd}\\s*|${blockEnd}${suffix}`, "y"),
      variable: new RegExp(`-${variableEnd}\\s*|${variableEnd}`, "y"),
      line: /\s*(?:\n|$(?![\s\S]))/y,
    },
  };
}

/** The longest delimiter first, since one may begin with another. */
function openingPattern(settings: Settings, block: string, blockEnd: string): RegExp {
  const { lineStatementPrefix: statement, lineCommentPrefix: comment } = settings;
  const rules = [
    { length: settings.commentStart.length, pattern: `(?<comment>${escapePattern(settings.commentStart)})` },
    { length: settings.blockStart.length, pattern: `(?<block>${block})` },
    { length: settings.variableStart.length, pattern: `(?<variable>${escapePattern(settings.variableStart)})` },
  ];
  if (statement) rules.push({ length: statement.length, pattern: `(?<line>^[ \\t\\v]*${escapePattern(statement)})` });
  if (comment) {
    const before = "(?:^|(?<=\\S))[^\\S\\r\\n]*";
    rules.push({ length: comment.length, pattern: `(?<lineComment>${before}${escapePattern(comment)})` });
  }
  rules.sort((a, b) => b.length - a.length);
  const raw = `(?<raw>${block}(?<rawSign>[-+]?)\\s*raw\\s*(?:-${blockEnd}\\s*|${blockEnd}))`;
  return new RegExp(`${raw}|(?:${rules.map(({ pattern }) => pattern).join("|")})(?<sign>[-+]?)`, "gm");
}

function readOpening(match: RegExpExecArray): Opening {
  const { rawSign, sign, ...kinds } = match.groups ?? {};
  const kind = Object.entries(kinds).find(([, text]) => text !== undefined)?.[0] as Opening["kind"];
  return { kind, sign: rawSign ?? sign ?? "", at: match.index, end: match.index + match[0].length };
}

import { ended, linesOf } from "./lines-of.ts";
import { pythonPattern } from "./python-pattern.ts";

/** A block of lines between two marks, and where it is to be. */
export interface WantedBlock {
  /** Empty: it is to be gone. */
  readonly block: string;
  readonly begin: string;
  readonly end: string;
  /** A pattern, or EOF. */
  readonly insertafter?: string;
  /** A pattern, or BOF. */
  readonly insertbefore?: string;
  /** A blank line before it, and after it, unless it is at an end of the text. */
  readonly prependNewline: boolean;
  readonly appendNewline: boolean;
}

/** A text with the block in it, where it was, or where it is wanted. */
export function putBlock(text: string, wanted: WantedBlock): string {
  const lines = linesOf(text);
  const body = wanted.block === "" ? [] : linesOf(ended(wanted.block));
  const marked = body.length === 0 ? [] : [`${wanted.begin}\n`, ...body, `${wanted.end}\n`];
  const [first, last] = [`${wanted.begin}\n`, `${wanted.end}\n`].map((mark) => lines.lastIndexOf(mark)) as [
    number,
    number,
  ];
  const isThere = first >= 0 && last >= 0;
  let at = isThere ? Math.min(first, last) : placeFor(lines, text, wanted);
  if (isThere) lines.splice(at, Math.abs(last - first) + 1);
  if (at > 0) lines[at - 1] = ended(lines[at - 1] ?? "");
  if (wanted.prependNewline && at > 0 && lines[at - 1] !== "\n") lines.splice(at++, 0, "\n");
  lines.splice(at, 0, ...marked);
  const after = at + marked.length;
  if (wanted.appendNewline && after < lines.length && lines[after] !== "\n") lines.splice(after, 0, "\n");
  return lines.join("");
}

/** After or before the last line that matches; at the end where none does. */
function placeFor(lines: readonly string[], text: string, { insertafter, insertbefore }: WantedBlock): number {
  const isAfter = insertafter !== undefined && insertafter !== "EOF";
  const source = isAfter ? insertafter : insertbefore === "BOF" ? undefined : insertbefore;
  if (source === undefined) return insertbefore === "BOF" ? 0 : lines.length;
  const at = /^\(\?[a-z]*m/.test(source)
    ? acrossLines(text, source, isAfter)
    : lines.findLastIndex((line) => pythonPattern(source).test(line));
  return at < 0 ? lines.length : at + (isAfter ? 1 : 0);
}

/** A pattern that says `(?m)` is looked for in the text as a whole. */
function acrossLines(text: string, source: string, isAfter: boolean): number {
  const match = pythonPattern(source).exec(text);
  if (!match) return -1;
  return text.slice(0, match.index + (isAfter ? match[0].length : 0)).split("\n").length - 1;
}

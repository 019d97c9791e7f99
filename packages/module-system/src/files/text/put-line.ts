import { bare, ended, linesOf } from "./lines-of.ts";
import { expandPython, pythonPattern } from "./python-pattern.ts";

/** A line that is to be in a text, and where. */
export interface WantedLine {
  readonly line: string;
  readonly regexp?: string;
  readonly search_string?: string;
  /** A pattern, or BOF or EOF. */
  readonly insertafter?: string;
  readonly insertbefore?: string;
  readonly backrefs: boolean;
  readonly firstmatch: boolean;
}

/** A text with the line in it: in place of what matches, else where it is wanted, else at the end. */
export function putLine(text: string, wanted: WantedLine): string {
  const lines = linesOf(text);
  const found = findMatch(lines, wanted);
  if (found) return withReplaced(lines, found, wanted);
  const place = findPlace(lines, wanted);
  if (place.same !== undefined) return lines.with(place.same, ended(wanted.line)).join("");
  if (wanted.backrefs) return text;
  return withInserted(lines, wanted, place.at).join("");
}

interface Match {
  readonly index: number;
  readonly match?: RegExpExecArray;
}

/** The last line that matches, or the first if that is wanted. */
function findMatch(lines: readonly string[], { regexp, search_string, firstmatch }: WantedLine): Match | undefined {
  const pattern = regexp === undefined ? undefined : pythonPattern(regexp);
  const matches = lines.flatMap((line, index): Match[] => {
    const match = pattern?.exec(line);
    if (match) return [{ index, match }];
    return search_string !== undefined && line.includes(search_string) ? [{ index }] : [];
  });
  return firstmatch ? matches[0] : matches.at(-1);
}

function withReplaced(lines: readonly string[], { index, match }: Match, { line, backrefs }: WantedLine): string {
  const replaced = backrefs && match ? expandPython(line, match) : line;
  return lines.with(index, ended(replaced)).join("");
}

/** Where the line stands as it is, or where it is to be inserted; both as Ansible looks for them in one pass. */
function findPlace(lines: readonly string[], { line, insertafter, insertbefore, firstmatch }: WantedLine) {
  const [source, shift] = insertafter !== undefined && !ENDS.has(insertafter) ? [insertafter, 1] : [insertbefore, 0];
  const pattern = source === undefined || ENDS.has(source) ? undefined : pythonPattern(source);
  let [same, at]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const [index, current] of lines.entries()) {
    if (bare(current) === line) same = index;
    else if (pattern?.test(current)) {
      at = index + shift;
      if (firstmatch) break;
    }
  }
  return { same, at };
}

const ENDS = new Set(["BOF", "EOF"]);

function withInserted(
  lines: readonly string[],
  { line, insertafter, insertbefore }: WantedLine,
  at: number | undefined,
): readonly string[] {
  const added = `${line}\n`;
  if (insertbefore === "BOF" || insertafter === "BOF") return [added, ...lines];
  if (insertafter === "EOF" || at === undefined || at === lines.length) return [...lines.map(endedAtEnd(lines)), added];
  // What was inserted here before is not inserted once more.
  if (insertafter !== undefined && bare(lines[at] ?? "") === line) return lines;
  return lines.toSpliced(at, 0, added);
}

/** The last line may have no line feed: then it gets one before another follows. */
function endedAtEnd(lines: readonly string[]) {
  return (line: string, index: number) => (index === lines.length - 1 && !/[\r\n]$/.test(line) ? `${line}\n` : line);
}

/** What a text is without certain lines, and how many those are. */
export function removeLines(
  text: string,
  { line, regexp, search_string }: Partial<WantedLine>,
): { readonly text: string; readonly found: number } {
  const pattern = regexp === undefined ? undefined : pythonPattern(regexp);
  const isFound = (current: string) => {
    if (pattern) return pattern.test(current);
    return search_string === undefined ? bare(current) === line : current.includes(search_string);
  };
  const lines = linesOf(text);
  const left = lines.filter((current) => !isFound(current));
  return { text: left.join(""), found: lines.length - left.length };
}

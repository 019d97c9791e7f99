import { textLength } from "../python/length.ts";

interface Wrapping {
  readonly width: number;
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
}

const letter = "[^\\d\\W]";
const word = "[\\w!\"'&.,?]";
const wordOrSpace = new RegExp(
  `([\\t\\n\\v\\f\\r ]+|(?<=${word})-{2,}(?=\\w)|[^\\t\\n\\v\\f\\r ]+?(?:-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})|(?=[\\t\\n\\v\\f\\r ]|$)|(?<=${word})(?=-{2,}\\w)))`,
);

/** Python's textwrap.wrap() of one line. */
export function wordWrap(line: string, { width, breaksLongWords, breaksOnHyphens }: Wrapping): string[] {
  const chunks = line
    .split(breaksOnHyphens ? wordOrSpace : /([\t\n\v\f\r ]+)/)
    .filter((chunk) => chunk !== "")
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const current: string[] = [];
    let size = 0;
    if (lines.length > 0 && chunks.at(-1)?.trim() === "") chunks.pop();
    for (let next = chunks.at(-1); next !== undefined && size + textLength(next) <= width; next = chunks.at(-1)) {
      current.push(next);
      size += textLength(next);
      chunks.pop();
    }
    const long = chunks.at(-1);
    if (long !== undefined && textLength(long) > width)
      breakLong(chunks, current, { room: width - size, breaksLongWords, width });
    if (current.length > 0 && current.at(-1)?.trim() === "") current.pop();
    if (current.length > 0) lines.push(current.join(""));
  }
  return lines;
}

/** A word that fits on no line is cut, or stands on a line of its own. */
function breakLong(
  chunks: string[],
  current: string[],
  how: { readonly room: number; readonly breaksLongWords: boolean; readonly width: number },
): void {
  const room = how.width < 1 ? 1 : how.room;
  if (how.breaksLongWords) {
    const characters = Array.from(chunks.pop() ?? "");
    current.push(characters.slice(0, room).join(""));
    chunks.push(characters.slice(room).join(""));
  } else if (current.length === 0) current.push(chunks.pop() ?? "");
}

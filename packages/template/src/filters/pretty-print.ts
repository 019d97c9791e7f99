import { repr } from "../python/repr.ts";
import { splitLines } from "../python/split-text.ts";

const WIDTH = 80;

/** Python's pformat(), as Ansible's values meet it: a long text is broken into lines, everything else is one line. */
export function prettyPrint(value: unknown): string {
  const whole = repr(value);
  if (typeof value !== "string" || whole.length <= WIDTH) return whole;
  const chunks = splitLines(value, true).flatMap((line, index, lines) => chunksOf(line, index === lines.length - 1));
  return chunks.length === 1 ? whole : `(${chunks.join("\n ")})`;
}

function chunksOf(line: string, isLast: boolean): readonly string[] {
  const width = WIDTH - 1;
  const room = isLast ? width - 1 : width;
  if (repr(line).length <= room) return [repr(line)];
  const chunks: string[] = [];
  let current = "";
  const parts = line.match(/\S+\s*|^\s+/g) ?? [];
  for (const [index, part] of parts.entries()) {
    const most = isLast && index === parts.length - 1 ? width - 1 : width;
    if (repr(current + part).length > most) {
      if (current !== "") chunks.push(repr(current));
      current = part;
    } else current += part;
  }
  return current === "" ? chunks : [...chunks, repr(current)];
}

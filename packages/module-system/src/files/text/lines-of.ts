/** The lines of a text, each with its line feed; the last may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line without what ends it. */
export function bare(line: string): string {
  return line.replace(/[\r\n]+$/, "");
}

/** A line that another may follow. */
export function ended(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n`;
}

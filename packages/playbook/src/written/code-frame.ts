import type { Place } from "@evenkeel/core";

/** The lines around a place, with a mark under it. */
export function codeFrame(text: string, { line = 1, column = 1 }: Place): string {
  const lines = text.split(/\r\n|[\n\r]/);
  const first = Math.max(1, line - 2);
  const width = String(line).length;
  const shown = lines.slice(first - 1, line).map((each, index) => {
    const number = first + index;
    return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${each}`.trimEnd();
  });
  const indent = (lines[line - 1] ?? "").slice(0, column - 1).replace(/[^\t]/g, " ");
  return [...shown, `  ${" ".repeat(width)} | ${indent}^`].join("\n");
}

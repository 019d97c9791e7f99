import type { Place } from "@evenkeel/core";
import type { LineIndex } from "./line-index.ts";

const widest = 160;

/** The lines around a place, with a mark under it. */
export function codeFrame({ line = 1, column = 1 }: Place, lines: LineIndex): string {
  const firstLine = Math.max(1, line - 2);
  const firstColumn = Math.max(0, column - widest / 2);
  const part = (number: number) =>
    lines
      .textOf(number)
      .slice(line === number ? firstColumn : 0)
      .slice(0, widest);
  const width = String(line).length;
  const shown = Array.from({ length: line - firstLine + 1 }, (_, index) => {
    const number = firstLine + index;
    return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${part(number)}`;
  });
  // Tabs stay tabs, so that the mark stands where the terminal puts the character.
  const indent = part(line)
    .slice(0, column - 1 - firstColumn)
    .replace(/[^\t]/g, " ");
  return [...shown, `  ${" ".repeat(width)} | ${indent}^`].join("\n");
}

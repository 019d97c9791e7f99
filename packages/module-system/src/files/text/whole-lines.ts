/** The lines of a text without their line feeds; that the last may have none does not matter. */
export function wholeLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Lines as a text again, a line feed after each. */
export function textOfLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

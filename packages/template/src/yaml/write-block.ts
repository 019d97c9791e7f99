import type { Emitter } from "./emitter.ts";

const isBreak = (character: string | undefined) =>
  character !== undefined && /[\r\n\u0085\u2028\u2029]/.test(character);

/** As a block: `|` with its lines as they are, `>` with long lines folded. */
export function writeBlock(emitter: Emitter, text: string, style: "|" | ">"): void {
  emitter.indicator(style, true);
  writeHints(emitter, text);
  emitter.writeBreak("\n");
  emitter.isIndention = true;
  emitter.isAfterSpace = true;
  const characters = Array.from(text);
  let wasBreak = true;
  let hasLeadingSpace = true;
  for (const [index, character] of characters.entries()) {
    if (isBreak(character)) {
      if (style === ">" && !wasBreak && !hasLeadingSpace && character === "\n" && opensText(characters, index))
        emitter.writeBreak("\n");
      emitter.writeBreak(character);
      emitter.isIndention = true;
      wasBreak = true;
      continue;
    }
    if (wasBreak) {
      emitter.writeIndent();
      hasLeadingSpace = character === " ";
    }
    const isFolded =
      style === ">" &&
      !wasBreak &&
      character === " " &&
      characters[index + 1] !== " " &&
      emitter.column > emitter.layout.width;
    if (isFolded) emitter.writeIndent();
    else emitter.write(character);
    emitter.isIndention = false;
    wasBreak = false;
  }
}

/** Whether what follows the line ends here begins with something that is not blank. */
function opensText(characters: readonly string[], from: number): boolean {
  let at = from;
  while (isBreak(characters[at])) at++;
  return at < characters.length && characters[at] !== " ";
}

function writeHints(emitter: Emitter, text: string): void {
  emitter.isOpenEnded = false;
  if (/^[ \r\n\u0085\u2028\u2029]/.test(text)) emitter.indicator(String(emitter.layout.indent), false);
  if (!isBreak(text.at(-1))) emitter.indicator("-", false);
  else if (text.length === 1 || isBreak(text.at(-2))) {
    emitter.indicator("+", false);
    emitter.isOpenEnded = true;
  }
}

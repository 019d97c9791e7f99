import type { Emitter } from "./emitter.ts";

const isBreak = (character: string) => /[\r\n\u0085\u2028\u2029]/.test(character);

/** Without quotes; a long line is broken at single spaces. */
export function writePlain(emitter: Emitter, text: string, allowsBreaks: boolean): void {
  if (!emitter.isAfterSpace && (text !== "" || emitter.isInFlow)) emitter.write(" ");
  let wasSpace = false;
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    const isSpace = character === " ";
    const isFolded =
      isSpace && allowsBreaks && !wasSpace && emitter.column > emitter.layout.width && characters[index + 1] !== " ";
    if (isFolded) emitter.writeIndent();
    else {
      emitter.write(character);
      if (!isSpace) emitter.isIndention = false;
    }
    wasSpace = isSpace;
  }
  emitter.isAfterSpace = false;
  emitter.isIndention = false;
}

/** Between single quotes; a line feed within is an empty line. */
export function writeSingleQuoted(emitter: Emitter, text: string, allowsBreaks: boolean): void {
  emitter.indicator("'", true);
  const characters = Array.from(text);
  let wasSpace = false;
  let wasBreak = false;
  for (const [index, character] of characters.entries()) {
    if (character === " ") {
      const isInside = index > 0 && index < characters.length - 1;
      const isFolded =
        allowsBreaks && !wasSpace && emitter.column > emitter.layout.width && isInside && characters[index + 1] !== " ";
      if (isFolded) emitter.writeIndent();
      else emitter.write(" ");
      wasSpace = true;
      continue;
    }
    if (isBreak(character)) {
      if (!wasBreak && character === "\n") emitter.writeBreak("\n");
      emitter.writeBreak(character);
      emitter.isIndention = true;
      wasBreak = true;
      continue;
    }
    if (wasBreak) emitter.writeIndent();
    emitter.write(character === "'" ? "''" : character);
    emitter.isIndention = false;
    wasSpace = false;
    wasBreak = false;
  }
  if (wasBreak) emitter.writeIndent();
  emitter.indicator("'", false);
  emitter.isAfterSpace = false;
  emitter.isIndention = false;
}

const escapes: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\u0085": "N",
  "\u00a0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

/** Between double quotes, where everything can be written. */
export function writeDoubleQuoted(emitter: Emitter, text: string, allowsBreaks: boolean): void {
  emitter.indicator('"', true);
  const characters = Array.from(text);
  let wasSpace = false;
  for (const [index, character] of characters.entries()) {
    if (isEscaped(character, emitter.layout.isUnicode)) {
      emitter.write(`\\${escapes[character] ?? escapeCode(character)}`);
      wasSpace = false;
    } else if (character === " ") {
      const isInside = index > 0 && index < characters.length - 1;
      if (allowsBreaks && !wasSpace && emitter.column > emitter.layout.width && isInside) {
        emitter.writeIndent();
        if (characters[index + 1] === " ") emitter.write("\\");
      } else emitter.write(" ");
      wasSpace = true;
    } else {
      emitter.write(character);
      wasSpace = false;
    }
  }
  emitter.indicator('"', false);
  emitter.isAfterSpace = false;
  emitter.isIndention = false;
}

function isEscaped(character: string, isUnicode: boolean): boolean {
  if (character === '"' || character === "\\") return true;
  if (/^[\x20-\x7e]$/.test(character)) return false;
  return !isUnicode || !/^[\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `u${hex.padStart(4, "0")}` : `U${hex.padStart(8, "0")}`;
}

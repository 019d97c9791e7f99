import { Buffer } from "node:buffer";

/** A DNS string holds so many bytes; a longer text is several of them, which readers put together again. */
const LONGEST = 255;

/** A text of any length and any bytes as a zone file's quoted strings. The one place where they are quoted. */
export function quotedStrings(text: string | Uint8Array): string {
  const bytes = Buffer.from(text);
  return piecesOf(bytes).map(quoted).join(" ");
}

/** The same, where the bounds of the strings are given. */
export function quotedEach(strings: readonly Uint8Array[]): string {
  return strings.map(quoted).join(" ");
}

/** The strings of `"a" "b\"c"` or `a b`; nothing when it is not written so. */
export function readStrings(text: string): Buffer[] | undefined {
  const found: Buffer[] = [];
  const word = /\s*(?:"((?:[^"\\]|\\[^0-9]|\\[0-9]{3})*)"|((?:[^\s"\\;()]|\\[^0-9]|\\[0-9]{3})+))(?=\s|$)/gy;
  let end = 0;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    end = word.lastIndex;
    found.push(unescaped(match[1] ?? match[2] ?? ""));
  }
  const isRight = text.slice(end).trim() === "" && found.length > 0 && found.every(({ length }) => length <= LONGEST);
  return isRight ? found : undefined;
}

function piecesOf(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += LONGEST) pieces.push(bytes.subarray(at, at + LONGEST));
  return pieces.length === 0 ? [bytes] : pieces;
}

/** Whatever could end the string, the line or the file is written as its number. */
function quoted(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, "0")}`;
  });
  return `"${letters.join("")}"`;
}

function unescaped(text: string): Buffer {
  const pieces = text.match(/\\[0-9]{3}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    pieces.map((piece) => {
      if (/^\\[0-9]{3}$/.test(piece)) return Buffer.from([Number(piece.slice(1)) & 0xff]);
      return Buffer.from(piece.startsWith("\\") ? piece.slice(1) : piece);
    }),
  );
}

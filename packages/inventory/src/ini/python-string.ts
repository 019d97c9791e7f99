/** A string as Python writes it, from an index on, with its prefix; undefined when there is none. Bytes become text. */
export function readPythonString(text: string, start: number): PythonString | undefined {
  const [opening, prefix = "", quote = ""] = /^([rRuU]?|[bB][rR]?|[rR][bB])('''|"""|'|")/.exec(text.slice(start)) ?? [];
  if (opening === undefined) return undefined;
  const isRaw = /r/i.test(prefix);
  const isBytes = /b/i.test(prefix);
  let value = "";
  for (let at = start + opening.length; at < text.length; ) {
    if (text.startsWith(quote, at)) return { value, end: at + quote.length, isBytes };
    if (text[at] !== "\\") value += text[at++];
    else if (isRaw) {
      value += text.slice(at, at + 2);
      at += 2;
    } else {
      const escaped = readEscape(text, at, isBytes);
      if (escaped === undefined) return undefined;
      value += escaped.value;
      at = escaped.end;
    }
  }
  return undefined;
}

interface PythonString {
  readonly value: string;
  readonly end: number;
  readonly isBytes: boolean;
}

const letters: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** An escape that Python does not know is a backslash and what follows it. */
function readEscape(text: string, at: number, isBytes: boolean): Omit<PythonString, "isBytes"> | undefined {
  const rest = text.slice(at + 1, at + 11);
  const letter = letters[rest[0] ?? ""];
  if (letter !== undefined) return { value: letter, end: at + 2 };
  const [octal] = /^[0-7]{1,3}/.exec(rest) ?? [];
  if (octal !== undefined)
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + 1 + octal.length };
  const length = rest[0] === "x" ? 2 : isBytes ? 0 : rest[0] === "u" ? 4 : rest[0] === "U" ? 8 : 0;
  if (length === 0) return { value: `\\${rest[0] ?? ""}`, end: at + 2 };
  const code = Number.parseInt(rest.slice(1, 1 + length), 16);
  const isWhole = /^[0-9a-fA-F]+$/.test(rest.slice(1, 1 + length)) && rest.length > length;
  return isWhole && code <= 0x10ffff ? { value: String.fromCodePoint(code), end: at + 2 + length } : undefined;
}

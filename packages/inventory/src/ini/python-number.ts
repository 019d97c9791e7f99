const digits = "[0-9](?:_?[0-9])*";
const exponent = `(?:[eE][-+]?${digits})`;
const float = new RegExp(`(?:${digits}\\.(?:${digits})?|\\.${digits})${exponent}?|${digits}${exponent}`, "y");
const integer = /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*/y;

/** A number as Python writes it, from an index on; floats are kept apart from integers. */
export function readPythonNumber(text: string, start: number): PythonNumber | undefined {
  const found = match(float, text, start);
  const word = found ?? match(integer, text, start);
  if (word === undefined) return undefined;
  const end = start + word.length;
  // A letter or digit after it makes it a name, a version, or a number with leading zeros, which Python refuses.
  if (/[\w.]/.test(text[end] ?? "")) return undefined;
  const plain = word.replaceAll("_", "");
  if (found !== undefined) return { value: { float: Number(plain) }, end };
  const number = Number(/^0+$/.test(plain) ? "0" : plain);
  return { value: Number.isSafeInteger(number) ? number : BigInt(plain), end };
}

interface PythonNumber {
  readonly value: number | bigint | { readonly float: number };
  readonly end: number;
}

function match(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

import { TemplateFault } from "../python/fault.ts";

const escapes = /\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;

const single: Readonly<Record<string, string>> = {
  "\n": "",
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

/** What a text between quotes stands for, by Python's rules. An escape that it does not know stays as it is. */
export function unescapeText(body: string): string {
  if (!body.includes("\\")) return body;
  return body.replace(escapes, (whole) => {
    const code = whole.slice(1);
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    if (code.length === 1) return single[code] ?? broken(code, whole);
    if (code.startsWith("N{")) throw new TemplateFault("syntax", `${whole}: characters by name are not supported`);
    const point = Number.parseInt(code.slice(1), 16);
    if (point > 0x10ffff) throw new TemplateFault("syntax", `${whole}: illegal Unicode character`);
    return String.fromCodePoint(point);
  });
}

function broken(code: string, whole: string): string {
  if ("xuUN".includes(code)) throw new TemplateFault("syntax", `truncated \\${code} escape`);
  return whole;
}

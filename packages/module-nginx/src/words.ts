import type { NginxLine } from "@evenkeel/kinds";

/** A value as one word of nginx's configuration, from which nothing gets out. `$` still begins a variable. */
export function word(value: string | number): string {
  const text = String(value);
  if (/^[A-Za-z0-9_/.:@%+,=~$*^|()[\]-]+$/.test(text) && !text.includes("${")) return text;
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** One directive. */
export function directive(name: string, ...values: readonly (string | number)[]): string {
  return `${[name, ...values.map(word)].join(" ")};`;
}

/** Lines of a block, a step further in. */
function indented(lines: readonly NginxLine[]): readonly NginxLine[] {
  return lines.map((line) => (line.text === "" ? line : { ...line, text: `    ${line.text}` }));
}

/** A block with its lines in it. */
export function block(head: string, lines: readonly NginxLine[], from?: string): readonly NginxLine[] {
  const at = from === undefined ? {} : { from };
  return [{ text: `${head} {`, ...at }, ...indented(lines), { text: "}" }];
}

/** Lines that come from one parameter. */
export function lines(from: string, ...texts: readonly string[]): readonly NginxLine[] {
  return texts.map((text) => ({ text, from }));
}

import type { NginxLine } from "@evenkeel/kinds";

/** A value as one word of nginx's configuration, from which nothing gets out. `$` still begins a variable. */
export function word(value: string | number): string {
  const text = String(value);
  if (/^[A-Za-z0-9_/.:@%+,=~$*^|()-]+$/.test(text) && !text.includes("${")) return text;
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

/** What values may look like, so that a mistake is found before any host is touched. */
export const patterns = {
  name: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$",
  serverName: "^(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(\\.\\*)?$",
  listen:
    "^(\\d{1,5}|\\d{1,3}(\\.\\d{1,3}){3}:\\d{1,5}|\\[[0-9A-Fa-f:.]+\\]:\\d{1,5}|\\*:\\d{1,5}|unix:/[^\\s;{}\"'\\\\$]+)$",
  path: "^/[^\\s;{}\"'\\\\$#]*$",
  noControl: "^[^\\u0000-\\u001f\\u007f]*$",
  fileName: "^[^\\s;{}\"'\\\\$#/]+$",
  size: "^\\d+[kKmMgG]?$",
  time: "^\\d+(ms|s|m|h|d)?$",
  rate: "^\\d+r/[sm]$",
  cache: "^(none|\\d+[smhdwMy]( immutable)?)$",
  address: "^(unix:/[^\\s;{}\"'\\\\$:]+|(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?)(:\\d{1,5})?)$",
  proxy:
    "^(https?://)?(unix:/[^\\s;{}\"'\\\\$:]+|(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?)(:\\d{1,5})?)(/[^\\s;{}\"'\\\\$#]*)?$",
  network: "^(all|unix:|[0-9A-Fa-f.:]+(/\\d{1,3})?)$",
  header: "^[A-Za-z0-9-]+$",
} as const;

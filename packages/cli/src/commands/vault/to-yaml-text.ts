/** A text as a YAML value: quoted, or, when it has lines, as a block that a person can read. */
export function toYamlText(text: string, indent: string): string {
  if (!isBlock(text)) return JSON.stringify(text);
  const lines = text.replace(/\n$/, "").split("\n");
  return [text.endsWith("\n") ? "|" : "|-", ...lines.map((line) => line && indent + line)].join("\n");
}

/** A block keeps neither a first line's indentation, nor several line ends at the end, nor what is not plain ASCII for sure. */
const isBlock = (text: string): boolean => text.includes("\n") && !/^\s|\n\n$|[^\n\t\x20-\x7e]/.test(text);

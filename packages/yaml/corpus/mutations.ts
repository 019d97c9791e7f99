import { snippets } from "./snippets.ts";

const pieces = [
  " ",
  "  ",
  "\n",
  "\n  ",
  ":",
  ": ",
  " :",
  "-",
  "- ",
  "\n- ",
  "? ",
  "#",
  " #",
  '"',
  "'",
  "[",
  "]",
  "{",
  "}",
];
const more = [
  ",",
  ", ",
  "|",
  ">-\n",
  "|2\n",
  "&a ",
  "*a",
  "!!str ",
  "!unsafe ",
  "\t",
  "\n\t",
  "\\",
  "\\n",
  "%",
  "@",
  "~",
];
const words = ["---", "\n---\n", "\n...\n", "<<: ", "0", "1.5", "yes", "012", "1:30", "é", "\r\n", "{{ x }}", "a: b\n"];
const signs = [...pieces, ...more, ...words];

/** Texts that are nearly those of the corpus, the same ones each time: most are wrong in a way that nobody thought of. */
export function mutations(count: number): readonly string[] {
  let seed = 1;
  const below = (limit: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % limit;
  };
  const mutate = (text: string): string => {
    const at = below(text.length + 1);
    const lines = text.split("\n");
    const line = below(lines.length);
    const [kind, cut] = [below(4), below(3)];
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1 + cut);
    if (kind === 1) return text.slice(0, at) + signs[below(signs.length)] + text.slice(at);
    if (kind === 2) return lines.toSpliced(below(lines.length), 0, lines[line] ?? "").join("\n");
    return lines.with(line, cut === 0 ? (lines[line] ?? "").slice(1) : ` ${lines[line]}`).join("\n");
  };
  return Array.from({ length: count }, () => {
    let text = snippets[below(snippets.length)]?.text ?? "";
    for (let left = 1 + below(3); left > 0; left--) text = mutate(text);
    return text;
  });
}

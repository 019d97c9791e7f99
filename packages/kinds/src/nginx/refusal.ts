import { StepError } from "@evenkeel/core";
import type { NginxPut } from "./nginx-file.ts";
import type { NginxText } from "./nginx-text.ts";

/** nginx's own words, at the line of the parameter that they are about. */
export function refusal(
  said: string,
  { path, what }: Pick<NginxPut, "path" | "what">,
  lines: NginxText | undefined,
): StepError {
  const words = said
    .split("\n")
    .filter((line) => /\[(?:emerg|alert|crit)\]|conflicting server name/.test(line))
    .map((line) => line.replace(/^.*?\[(emerg|alert|crit|warn)\] (?:\d+#\d+: )?/, "$1: "));
  const [first = said.trim()] = words;
  const [, file, number] = / in (\/[^:\s]+):(\d+)$/.exec(first) ?? [];
  const at = file === undefined ? lineAbout(first, lines) : file === path ? Number(number) - 1 : -1;
  const line = lines?.[at];
  return new StepError({
    code: "nginx/refused",
    message: `nginx refuses its configuration ${what === "absent" ? `without ${path}` : `with the new ${path}`}`,
    detail: [
      ...(words.length > 0 ? words : [first]),
      ...(line === undefined ? [] : [`line ${at + 1}: ${line.text.trim()}`]),
      ...(line?.from === undefined ? [] : [`from ${line.from}`]),
    ].join("\n"),
    hint: `${whereToLook(first, file, path, line?.from)}; the files and the running nginx are as they were`,
  });
}

/** Of what it only opens, nginx says what it is called, and not where that is said. */
function lineAbout(words: string, lines: NginxText | undefined): number {
  const called = [...words.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
  return lines?.findIndex(({ text }) => called.some((name) => name.length > 2 && text.includes(name))) ?? -1;
}

function whereToLook(words: string, file: string | undefined, path: string, from: string | undefined): string {
  if (from !== undefined) return `look at ${from}`;
  if (words.includes("conflicting server name")) return "another server has this name already";
  if (file !== undefined && file !== path) return `it complains about ${file}`;
  return "put right what nginx says";
}

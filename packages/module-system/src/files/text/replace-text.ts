import { expandPython, pythonPattern } from "./python-pattern.ts";

/** What is to be replaced in a text, and between what. */
export interface WantedReplacement {
  readonly regexp: string;
  readonly replace: string;
  readonly after?: string;
  readonly before?: string;
}

export type Replaced =
  | { readonly text: string; readonly count: number }
  /** What it should have stood between is not there. */
  | { readonly missing: string };

/** Replaces every match; `^` and `$` are at each line's ends. */
export function replaceText(text: string, { regexp, replace, after, before }: WantedReplacement): Replaced {
  const around = `${after ?? ""}(?P<subsection>.*${after && before ? "?" : ""})${before ?? ""}`;
  const isPart = Boolean(after || before);
  const found = isPart ? pythonPattern(around, { dotAll: true, indices: true }).exec(text) : undefined;
  if (isPart && !found) return { missing: around };
  const [start, end] = found?.indices?.groups?.subsection ?? [0, text.length];
  const section = text.slice(start, end);
  const { text: replaced, count } = replaceAll(section, regexp, replace);
  return { text: text.slice(0, start) + replaced + text.slice(end), count };
}

function replaceAll(
  section: string,
  regexp: string,
  replace: string,
): { readonly text: string; readonly count: number } {
  let [text, count, from] = ["", 0, 0];
  for (const match of section.matchAll(pythonPattern(regexp, { multiline: true, global: true }))) {
    text += section.slice(from, match.index) + expandPython(replace, match);
    from = match.index + match[0].length;
    count++;
  }
  return { text: text + section.slice(from), count };
}

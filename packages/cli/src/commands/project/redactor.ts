import { REDACTED } from "@evenkeel/core";

/** Shorter texts are in everything: hiding them would hide the rest as well. */
const SHORTEST = 4;

/** The one place that secrets' texts cannot pass: in what we print they are `***`, in whatever form somebody else repeated them. */
export class Redactor {
  readonly #texts = new Set<string>();
  readonly #more: (() => Iterable<string>)[] = [];
  #pattern: RegExp | undefined;
  #size = 0;

  hide(text: string): void {
    this.#texts.add(text);
  }

  /** Others that are still growing. */
  hideAlso(texts: () => Iterable<string>): void {
    this.#more.push(texts);
  }

  clean(text: string): string {
    for (const more of this.#more) for (const each of more()) this.#texts.add(each);
    if (this.#texts.size === 0) return text;
    if (this.#size !== this.#texts.size) {
      this.#size = this.#texts.size;
      this.#pattern = patternOf(this.#texts);
    }
    return this.#pattern === undefined ? text : text.replace(this.#pattern, REDACTED);
  }
}

function patternOf(texts: ReadonlySet<string>): RegExp | undefined {
  const forms = [...texts].flatMap(formsOf).filter((form) => form.length >= SHORTEST);
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return longestFirst.length === 0
    ? undefined
    : new RegExp(longestFirst.map((form) => RegExp.escape(form)).join("|"), "g");
}

/** As tools repeat what they were given: encoded, quoted, or a line of it. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const lines = text.includes("\n") ? text.split("\n").filter((line) => line.trim().length >= 8) : [];
  return [
    text,
    text.trimEnd(),
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
    text.replaceAll("'", "'\\''"),
    ...lines,
  ];
}

import { readdirSync, readFileSync } from "node:fs";

export interface Snippet {
  readonly name: string;
  readonly text: string;
}

const folder = new URL("./snippets/", import.meta.url);

/** Signs that stand for characters which editors do not show, or do not leave alone. */
const invisible: Readonly<Record<string, string>> = { "→": "\t", "␍": "\r", "⌘": "\ufeff", "␇": "\x07", "␤": "\x85" };

/** The corpus: what people write, and what the grammar allows them to. */
export const snippets: readonly Snippet[] = readdirSync(folder)
  .toSorted()
  .flatMap((file) => {
    const parts = readFileSync(new URL(file, folder), "utf8")
      .split(/^=== (.*)\n/m)
      .slice(1);
    const group = file.replace(".txt", "");
    return Array.from({ length: parts.length / 2 }, (_, index) => ({
      name: `${group}: ${parts[2 * index]}`,
      text: (parts[2 * index + 1] ?? "").replace(/[→␍⌘␇␤]/g, (sign) => invisible[sign] ?? sign),
    }));
  });

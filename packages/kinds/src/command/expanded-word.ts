import { quote } from "@evenkeel/core";

/**
 * A word of sh for a text in which `~`, `$NAME` and `${NAME}` stand for what they are on the host. It stays one word
 * whatever they hold, and what is not set there stays as it was written: so Ansible does with commands and paths.
 */
export function expandedWord(text: string): string {
  return assemble(text, quote);
}

/** The same for a pattern: `*`, `?` and `[a-z]` match files, and everything else is only itself. */
export function globbedWord(pattern: string): string {
  return assemble(pattern, (part) => alternate(part, magic, quote, (sign) => sign));
}

/** Whether a text is the same on every host. */
export function isLiteral(text: string): boolean {
  return !text.startsWith("~") && !variable.test(text);
}

/** Whether a pattern can match more than the one path that it looks like. */
export function hasMagic(pattern: string): boolean {
  return magic.test(pattern);
}

const variable = /(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}))/;
const magic = /(\*|\?|\[!?[A-Za-z0-9_.:,-]+\])/;

function assemble(text: string, word: (part: string) => string): string {
  // A quoted slash would make `~` a letter like any other.
  const [, home = "", rest = text] = /^(~[A-Za-z0-9._-]*(?:\/|$))(.*)$/s.exec(text) ?? [];
  return `${home}${alternate(rest, variable, word, heldBy)}` || "''";
}

/** What it holds, or, where it is not set, its name as it was written. */
function heldBy(written: string): string {
  return `"\${${written.replace(/[${}]/g, "")}-\\${written.replace("}", "\\}")}}"`;
}

/** Splitting at a pattern with a group gives what is between, what is matched, what is between, … */
function alternate(
  text: string,
  pattern: RegExp,
  between: (part: string) => string,
  matched: (part: string) => string,
): string {
  const parts = text.split(pattern);
  return parts.map((part, index) => (part === "" ? "" : index % 2 === 1 ? matched(part) : between(part))).join("");
}

import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** One line of an ssh_config. */
export interface ConfigLine {
  /** In small letters. */
  readonly keyword: string;
  readonly values: readonly string[];
  readonly place: Place & { readonly line: number };
}

/** Splits an ssh_config into keywords and values: `Port 22`, `Port=22`, `IdentityFile "my key"`, comments. */
export function parseSshConfig(text: string, file: string): ConfigLine[] {
  return text.split("\n").flatMap((line, index) => {
    const place = { file, line: index + 1 };
    const [, keyword, rest = ""] = /^\s*([^\s=#"]+)(?:\s*=\s*|\s+)?(.*?)\s*$/.exec(line) ?? [];
    return keyword === undefined ? [] : [{ keyword: keyword.toLowerCase(), values: splitValues(rest, place), place }];
  });
}

/** Words, or `"quoted words"`; `\"` and `\\` as in C; a word that begins with `#` ends the line. */
function splitValues(rest: string, place: ConfigLine["place"]): string[] {
  const values: string[] = [];
  const word = /\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s"']\S*))/y;
  while (word.lastIndex < rest.length) {
    const match = word.exec(rest);
    if (match === null) throw unbalanced(place, rest);
    const [, double, single, plain] = match;
    if (plain?.startsWith("#")) break;
    values.push((double ?? single ?? plain ?? "").replace(/\\([\\"' ])/g, "$1"));
  }
  return values;
}

function unbalanced(place: ConfigLine["place"], rest: string): InputError {
  return new InputError({
    code: "ssh-config/invalid",
    message: "a quotation mark has no partner",
    place,
    detail: rest,
    hint: 'write values with spaces as "…"',
  });
}

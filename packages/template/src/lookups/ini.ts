import { wrongValue } from "../python/fault.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { pythonRegex } from "../regex/python-regex.ts";
import { readText } from "./file-lookups.ts";
import { mustFind } from "./find-file.ts";
import type { Lookup } from "./lookup.ts";
import { readIni } from "./read-ini.ts";

/** Values of an INI file, or of Java properties. */
export const ini: Lookup = (terms, options, context) =>
  terms.flatMap((term) => {
    const { key, given } = readTerm(toText(term), options);
    const option = (name: string, otherwise: unknown) => given.get(name) ?? otherwise;
    const isProperties = option("type", "ini") === "properties";
    const section = isProperties ? "java_properties" : toText(option("section", "global"));
    const text = readText(mustFind(option("file", "ansible.ini"), "files", context));
    const values = readIni(isProperties ? `[java_properties]\n${text}` : text, section, {
      isCaseSensitive: isTrue(option("case_sensitive", false)),
      allowsNoValue: isTrue(option("allow_no_value", option("allow_none", false))),
      interpolates: isTrue(option("interpolation", true)),
    });
    if (values === undefined)
      throw wrongValue(`No section '${section}' in '${toText(option("file", "ansible.ini"))}'.`);
    if (isTrue(option("re", false))) {
      const { pattern } = pythonRegex(key);
      const start = new RegExp(`^(?:${pattern.source})`, "u");
      return [...values].filter(([name]) => start.test(name)).map(([, value]) => value);
    }
    const name = isTrue(option("case_sensitive", false)) ? key : key.toLowerCase();
    const value = values.has(name) ? values.get(name) : option("default", "");
    return value === undefined ? [] : [value];
  });

/** `name section=users file=users.ini` is the old way to give options. */
function readTerm(term: string, options: Keywords): { readonly key: string; readonly given: Keywords } {
  if (!/[= ]/.test(term.trim())) return { key: term, given: options };
  const words = term.trim().split(/\s+/);
  const isOption = (word: string) =>
    /^(?:type|file|section|re|encoding|default|case_sensitive|allow_no_value|interpolation)=/.test(word);
  const key = words.filter((word) => !isOption(word)).join(" ");
  const given = words
    .filter(isOption)
    .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const);
  if (key === "")
    throw wrongValue(`No key to look up was provided as first term within string inline options: ${term}`);
  return { key, given: new Map<string, unknown>([...options, ...given]) };
}

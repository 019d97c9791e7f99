import { optionalInt, textArgument } from "../python/arguments.ts";
import { TemplateFault, wrongType, wrongValue } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { tuple } from "../python/tuple.ts";
import { typeName } from "../python/type-name.ts";
import { pythonRegex, searchFrom } from "../regex/python-regex.ts";
import { groupNumber, substitute } from "../regex/substitute.ts";

/** Ansible's filters with Python's regular expressions. */
export const regexFilters: Readonly<Record<string, Native>> = {
  regex_replace: native(
    "value pattern? replacement? ignorecase? multiline? count? mandatory_count?",
    (value, pattern = "", replacement = "", ignoresCase = false, isMultiline = false, count = 0, mandatory = 0) => {
      const regex = pythonRegex(patternOf(pattern), {
        ignoresCase: isTrue(ignoresCase),
        isMultiline: isTrue(isMultiline),
      });
      const replaced = substitute(
        regex,
        toText(value),
        textArgument(replacement, "the replacement"),
        optionalInt(count, "count") ?? 0,
      );
      const wanted = optionalInt(mandatory, "mandatory_count") ?? 0;
      if (wanted > 0 && wanted !== replaced.count) {
        throw wrongValue(
          `'${patternOf(pattern)}' should match ${wanted} times, but matches ${replaced.count} times in '${toText(value)}'`,
        );
      }
      return replaced.text;
    },
  ),
  regex_search: native("value regex *groups **options", (value, pattern, groups, options) => {
    const { ignorecase = false, multiline = false } = Object.fromEntries(options as Keywords);
    const regex = pythonRegex(patternOf(pattern), { ignoresCase: isTrue(ignorecase), isMultiline: isTrue(multiline) });
    const wanted = (groups as unknown[]).map((each) => groupName(textArgument(each, "a group")));
    const match = searchFrom(regex, toText(value));
    if (match === null) return null;
    return wanted.length === 0 ? match[0] : wanted.map((name) => match[groupNumber(regex, name)] ?? null);
  }),
  regex_findall: native(
    "value regex multiline? ignorecase?",
    (value, pattern, isMultiline = false, ignoresCase = false) => {
      const { pattern: compiled } = pythonRegex(patternOf(pattern), {
        ignoresCase: isTrue(ignoresCase),
        isMultiline: isTrue(isMultiline),
      });
      return Array.from(toText(value).matchAll(compiled), ([whole, ...groups]) => {
        if (groups.length === 0) return whole;
        return groups.length === 1 ? (groups[0] ?? "") : tuple(...groups.map((group) => group ?? ""));
      });
    },
  ),
  regex_escape: native("value re_type?", (value, kind = "python") => {
    if (kind === "python") return escapeRegex(toText(value));
    if (kind === "posix_basic") return toText(value).replace(/[\].[^$*\\]/g, "\\$&");
    throw new TemplateFault(
      "value",
      kind === "posix_extended"
        ? "Regex type (posix_extended) not yet implemented"
        : `Invalid regex type (${toText(kind)})`,
    );
  }),
};

/** Python's re.escape() */
function escapeRegex(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, "\\$&");
}

function patternOf(pattern: unknown): string {
  if (typeof pattern === "string") return pattern;
  throw wrongType(`a pattern must be a text, not ${typeName(pattern)}`);
}

/** `\1` and `\g<name>` */
function groupName(argument: string): string {
  const name = /^\\g<(\S+)>/.exec(argument)?.[1] ?? /^\\(\d+)/.exec(argument)?.[1];
  if (name === undefined) throw wrongValue(`Unknown argument ${argument}`, "groups are written \\\\1 or \\\\g<name>");
  return name;
}

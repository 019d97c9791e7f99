import { intArgument, optionalInt, textArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { splitText } from "../python/split-text.ts";

/** Ansible's filters on texts. */
export const shellFilters: Readonly<Record<string, Native>> = {
  quote: native("value", (value) => quoted(value === null ? "" : toText(value))),
  split: native("value sep? maxsplit?", (value, separator = null, most = -1) =>
    splitText(
      textArgument(value, "what is split"),
      separator === null ? undefined : textArgument(separator, "sep"),
      optionalInt(most, "maxsplit"),
    ),
  ),
  comment: native("value style? **options", (value, style = "plain", options) =>
    comment(textArgument(value, "a comment"), toText(style), options as Keywords),
  ),
};

/** Python's shlex.quote(), which a template's text must equal. What Evenkeel itself runs is quoted by core. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

const styles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: { decoration: "# " },
  erlang: { decoration: "% " },
  c: { decoration: "// " },
  cblock: { beginning: "/*", decoration: " * ", end: " */" },
  xml: { beginning: "<!--", decoration: " - ", end: "-->" },
};

function comment(text: string, name: string, options: Keywords): string {
  const style = styles[name];
  if (style === undefined) throw wrongValue(`Invalid style '${name}'.`, `styles are ${Object.keys(styles).join(", ")}`);
  const given = Object.fromEntries([...options].map(([key, value]) => [key, value]));
  const edge = toText(given.decoration ?? style.decoration).trimEnd();
  const all: Readonly<Record<string, unknown>> = {
    newline: "\n",
    beginning: "",
    prefix: edge,
    prefix_count: 1,
    postfix: edge,
    postfix_count: 1,
    end: "",
    ...style,
    ...given,
  };
  const [newline, beginning, prefix, decoration, postfix, end] = [
    "newline",
    "beginning",
    "prefix",
    "decoration",
    "postfix",
    "end",
  ].map((key) => toText(all[key])) as [string, string, string, string, string, string];
  const head = beginning === "" ? "" : beginning + newline;
  const opening =
    prefix === ""
      ? ""
      : (prefix === newline ? newline : prefix + newline).repeat(intArgument(all.prefix_count, "prefix_count"));
  const body = (decoration + text.replaceAll(newline, newline + decoration)).replaceAll(
    decoration + newline,
    decoration.trimEnd() + newline,
  );
  const closing = (newline + postfix).repeat(intArgument(all.postfix_count, "postfix_count"));
  return head + opening + body + closing + (end === "" ? "" : newline + end);
}

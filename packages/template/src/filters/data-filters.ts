import type { Context } from "../engine/context.ts";
import { dumpJson } from "../json/dump-json.ts";
import { loadJson } from "../json/load-json.ts";
import { optionalInt, textArgument } from "../python/arguments.ts";
import { TemplateFault, wrongValue } from "../python/fault.ts";
import { listOf } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { dumpYaml } from "../yaml/dump-yaml.ts";
import { prettyPrint } from "./pretty-print.ts";

/** Filters from and to JSON and YAML. */
export const dataFilters: Readonly<Record<string, Native>> = {
  to_json: native("value **options", (value, options) => json(value, options as Keywords, {})),
  to_nice_json: native("value indent? sort_keys? **options", (value, indent = 4, sortsKeys = true, options) =>
    json(value, options as Keywords, { indent, sortsKeys: isTrue(sortsKeys), separators: [",", ": "] }),
  ),
  tojson: native("value indent?", (value, indent) =>
    dumpJson(value, { indent: indentOf(indent), sortsKeys: true }).replace(
      /[<>&']/g,
      (each) => `\\u00${each.charCodeAt(0).toString(16)}`,
    ),
  ),
  from_json: native("value profile?", (value) => loadJson(textArgument(value, "the JSON object"))),
  to_yaml: native("value **options", (value, options) => yaml(value, options as Keywords, null)),
  to_nice_yaml: native("value indent? **options", (value, indent = 4, options) =>
    yaml(value, new Map([["indent", indent], ...(options as Keywords)]), false),
  ),
  from_yaml: nativeIn("value", (context, value) => (typeof value === "string" ? readYaml(context, value)[0] : value)),
  from_yaml_all: nativeIn("value", (context, value) =>
    value === null ? [] : typeof value === "string" ? readYaml(context, value) : value,
  ),
  pprint: native("value", prettyPrint),
};

function json(
  value: unknown,
  options: Keywords,
  layout: { indent?: unknown; sortsKeys?: boolean; separators?: readonly [string, string] },
): string {
  const {
    indent = layout.indent,
    sort_keys: sortKeys = layout.sortsKeys ?? false,
    ensure_ascii: isAscii = true,
    separators,
  } = Object.fromEntries(options);
  const pair =
    layout.separators ?? (separators === undefined || separators === null ? undefined : listOf(separators).map(toText));
  return dumpJson(value, {
    indent: indentOf(indent),
    sortsKeys: isTrue(sortKeys),
    isAscii: isTrue(isAscii),
    ...(pair !== undefined && { separators: [pair[0] ?? ", ", pair[1] ?? ": "] }),
  });
}

function indentOf(indent: unknown): number | string | undefined {
  return typeof indent === "string" ? indent : optionalInt(indent, "indent");
}

function yaml(value: unknown, options: Keywords, flow: boolean | null): string {
  const known = new Set([
    "indent",
    "width",
    "sort_keys",
    "default_flow_style",
    "allow_unicode",
    "default_style",
    "explicit_start",
    "explicit_end",
    "line_break",
    "canonical",
    "encoding",
  ]);
  for (const name of options.keys()) if (!known.has(name)) throw wrongValue(`to_yaml has no argument ${name}`);
  const {
    indent,
    width,
    sort_keys: sortKeys = true,
    default_flow_style: style = flow,
    allow_unicode: unicode = true,
    explicit_start: start = false,
    explicit_end: end = false,
    default_style: quoting = null,
  } = Object.fromEntries(options);
  return dumpYaml(value, {
    indent: optionalInt(indent, "indent"),
    width: optionalInt(width, "width"),
    sortsKeys: isTrue(sortKeys),
    flow: style === null ? "leaves" : isTrue(style) ? "all" : "none",
    isUnicode: isTrue(unicode),
    hasStart: isTrue(start),
    hasEnd: isTrue(end),
    quoting: quoting === null ? undefined : toText(quoting),
  });
}

function readYaml({ environment }: Context, text: string): readonly unknown[] {
  if (environment.readYaml !== undefined) return environment.readYaml(text);
  throw new TemplateFault("unavailable", "YAML cannot be read here");
}

import { optionalInt, textArgument } from "../python/arguments.ts";
import { dictEntries } from "../python/dict.ts";
import { wrongValue } from "../python/fault.ts";
import { listOf } from "../python/iterate.ts";
import { Undefined } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { asDict } from "./dict-filters.ts";
import { escapeMarkup, urlize } from "./urlize.ts";

const escaping = native("value", (value) => escapeMarkup(toText(value)));

/** Jinja2's filters for HTML and XML. What they give is a plain text: nothing escapes by itself. */
export const markupFilters: Readonly<Record<string, Native>> = {
  e: escaping,
  escape: escaping,
  forceescape: escaping,
  safe: native("value", toText),
  striptags: native("value", (value) => stripTags(toText(value))),
  xmlattr: native("value autospace?", (value, autospace = true) => xmlAttributes(value, isTrue(autospace))),
  urlize: native(
    "value trim_url_limit? nofollow? target? rel? extra_schemes?",
    (value, limit, nofollow = false, target = null, rel = null, schemes = null) =>
      urlize(textArgument(value, "what is urlized"), {
        limit: optionalInt(limit, "trim_url_limit"),
        rel: [
          ...new Set([
            ...(rel === null ? [] : toText(rel).split(/\s+/)),
            ...(isTrue(nofollow) ? ["nofollow"] : []),
            "noopener",
          ]),
        ]
          .sort()
          .join(" "),
        target: target === null ? "" : toText(target),
        schemes: schemes === null ? [] : listOf(schemes).map(toText),
      }),
  ),
};

function xmlAttributes(value: unknown, hasSpace: boolean): string {
  const attributes = dictEntries(asDict(value, "xmlattr"))
    .filter(([, each]) => each !== null && !(each instanceof Undefined))
    .map(([key, each]) => {
      const name = toText(key);
      if (/[\s/>=]/.test(name)) throw wrongValue(`Invalid character in attribute name: '${name}'`);
      return `${escapeMarkup(name)}="${escapeMarkup(toText(each))}"`;
    });
  return (hasSpace && attributes.length > 0 ? " " : "") + attributes.join(" ");
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };

function stripTags(text: string): string {
  let plain = text.replace(/<!--[\s\S]*?-->/g, "").replace(/<[^>]*>/g, "");
  plain = plain
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ");
  return plain.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

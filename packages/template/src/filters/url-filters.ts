import { textArgument } from "../python/arguments.ts";
import { dictEntries, isDict } from "../python/dict.ts";
import { wrongValue } from "../python/fault.ts";
import { isIterable, iterate } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { toText } from "../python/repr.ts";
import { splitUrl } from "./split-url.ts";

/** Filters on URLs. */
export const urlFilters: Readonly<Record<string, Native>> = {
  urlencode: native("value", (value) => {
    if (typeof value === "string" || !isIterable(value)) return quoteUrl(toText(value), "/");
    const pairs = isDict(value) ? dictEntries(value) : Array.from(iterate(value), (pair) => [...iterate(pair)]);
    return pairs.map(([key, each]) => `${quoteQuery(toText(key))}=${quoteQuery(toText(each))}`).join("&");
  }),
  urldecode: native("value", (value) => {
    const bytes = textArgument(value, "a URL")
      .replaceAll("+", " ")
      .replace(/(?:%[0-9a-fA-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll("%", ""), "hex").toString());
    return bytes;
  }),
  urlsplit: native("value query?", (value, query = "") => {
    const parts = splitUrl(textArgument(value, "a URL"));
    if (query === "" || query === null) return new Map(Object.entries(parts));
    const name = toText(query);
    if (!Object.hasOwn(parts, name)) throw wrongValue(`urlsplit: unknown URL component: ${name}`);
    return parts[name];
  }),
};

/** Percent-encodes what is neither a letter, a digit, one of `_.-~` nor named. */
function quoteUrl(text: string, safe: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    const isSafe = /[A-Za-z0-9_.~-]/.test(character) || safe.includes(character);
    return byte < 0x80 && isSafe ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

function quoteQuery(text: string): string {
  return quoteUrl(text, "").replaceAll("%20", "+");
}

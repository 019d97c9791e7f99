import { InputError } from "@evenkeel/core";

/** What named is told about one zone. */
export interface ZoneOptions {
  readonly file: string;
  readonly allowTransfer: readonly string[];
  readonly alsoNotify: readonly string[];
  /** Names of keys that may change records; none: nobody may. */
  readonly updateKeys: readonly string[];
}

/** The statement for a zone in named.conf. */
export function zoneStatement(name: string, { file, allowTransfer, alsoNotify, updateKeys }: ZoneOptions): string {
  const grants = updateKeys.map((key) => `grant "${keyName(key)}" zonesub ANY;`);
  return [
    `zone "${name}" {`,
    "\ttype primary;",
    `\tfile "${file}";`,
    `\tallow-transfer { ${list(allowTransfer.length === 0 ? ["none"] : allowTransfer, matchElement)} };`,
    ...(alsoNotify.length > 0 ? [`\talso-notify { ${list(alsoNotify, notifyElement)} };`] : []),
    ...(grants.length > 0 ? [`\tupdate-policy { ${grants.join(" ")} };`] : []),
    "};",
  ].join("\n");
}

/** A key's name, as it may stand between quotes. */
export function keyName(name: string): string {
  if (/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(name)) return name.toLowerCase().replace(/\.$/, "");
  throw new InputError({
    code: "dns/key-name",
    message: `not a key's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `-`, `_` and `.`",
  });
}

function list(words: readonly string[], element: (word: string) => string): string {
  return words.map((word) => `${element(word)};`).join(" ");
}

/** An address, a network, `key NAME`, a list of named's; each may be denied with `!`. */
function matchElement(word: string): string {
  const key = /^(!? ?)key (\S+)$/.exec(word);
  if (key) return `${key[1]}key "${keyName(key[2] ?? "")}"`;
  return demand(word, /^!? ?([0-9A-Fa-f:.]+(\/\d{1,3})?|[A-Za-z][A-Za-z0-9_-]*)$/);
}

/** An address, with `port N` and `key NAME` if need be. */
function notifyElement(word: string): string {
  return demand(word, /^[0-9A-Fa-f:.]+( port \d{1,5})?( key [A-Za-z0-9_.-]+)?$/);
}

function demand(word: string, pattern: RegExp): string {
  if (pattern.test(word)) return word;
  throw new InputError({
    code: "dns/address-list",
    message: `not an entry for a list of addresses: ${JSON.stringify(word)}`,
    hint: "an address, a network such as 192.0.2.0/24, or `key NAME`",
  });
}

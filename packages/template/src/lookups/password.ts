import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { Secret } from "@evenkeel/core";
import type { Context } from "../engine/context.ts";
import { passwordHash } from "../hashes/password-hash.ts";
import { intArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import type { Keywords } from "../python/object.ts";
import { readInt } from "../python/read-number.ts";
import { toText } from "../python/repr.ts";
import { PythonRandom } from "../random/python-random.ts";
import { EffectRefused } from "./effect-refused.ts";
import type { Lookup } from "./lookup.ts";
import { readPairs } from "./read-pairs.ts";

const known = new Set(["length", "encrypt", "chars", "ident", "seed"]);
const lower = "abcdefghijklmnopqrstuvwxyz";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const classes: Readonly<Record<string, string>> = {
  ascii_letters: lower + lower.toUpperCase(),
  ascii_lowercase: lower,
  ascii_uppercase: lower.toUpperCase(),
  digits: "0123456789",
  hexdigits: "0123456789abcdefABCDEF",
  octdigits: "01234567",
  punctuation,
  printable: `0123456789${lower}${lower.toUpperCase()}${punctuation} \t\n\r\v\f`,
  whitespace: " \t\n\r\v\f",
};

/** A password that a file keeps; it is made up when there is no such file. What it gives is secret. */
export const password: Lookup = (terms, options, context) =>
  terms.map((term) => new Secret(onePassword(toText(term), options, context)));

function onePassword(term: string, options: Keywords, context: Context): string {
  const { pairs, rest } = readPairs(term);
  const given = new Map<string, unknown>([...options, ...pairs]);
  const unknown = [...given.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) throw wrongValue(`Unrecognized parameter(s) given to password lookup: ${unknown}`);
  const path = isAbsolute(rest) ? rest : join(context.environment.directories?.[0] ?? ".", rest);
  const kept = path === "/dev/null" || !existsSync(path) ? undefined : parse(readFileSync(path, "utf8").trimEnd());
  const plain = kept?.plain ?? makeUp(given);
  const scheme = given.get("encrypt");
  const encrypts = scheme !== undefined && scheme !== null && scheme !== "";
  const salt = kept?.salt ?? (encrypts ? makeSalt() : undefined);
  const isNew = kept === undefined || (encrypts && kept.salt === undefined);
  if (isNew && path !== "/dev/null") {
    if (context.environment.isSpeculative) throw new EffectRefused("password");
    keep(path, salt === undefined ? plain : `${plain} salt=${salt}`);
  }
  return encrypts ? passwordHash(plain, toText(scheme), { salt, saltSize: undefined, rounds: undefined }) : plain;
}

/** `password salt=…` */
function parse(content: string): { readonly plain: string; readonly salt: string | undefined } {
  const [, plain = content, salt] = /^([\s\S]*) salt=(\S*)(?: ident=\S*)?$/.exec(content) ?? [];
  return { plain, salt };
}

function makeUp(given: Keywords): string {
  const length = given.get("length") ?? 20;
  const size = intArgument(typeof length === "string" ? readInt(length) : length, "length");
  const characters = lettersOf(given.get("chars") ?? ["ascii_letters", "digits", ".,:-_"]);
  const random = new PythonRandom(given.get("seed") ?? null);
  return Array.from({ length: size }, () => characters[random.below(characters.length)]).join("");
}

function lettersOf(chars: unknown): readonly string[] {
  const words = Array.isArray(chars) ? chars.map(toText) : splitChars(toText(chars));
  return Array.from(
    words
      .map((word) => (Object.hasOwn(classes, word) ? classes[word] : word))
      .join("")
      .replace(/["']/g, ""),
  );
}

/** Names with commas between them; two commas stand for one among the letters. */
function splitChars(text: string): readonly string[] {
  const words = text
    .replaceAll(",,", ",")
    .split(",")
    .filter((word) => word !== "");
  return text.includes(",,") ? [",", ...words] : words;
}

function makeSalt(): string {
  const random = new PythonRandom(null);
  const letters = `${classes.ascii_letters}0123456789./`;
  return Array.from({ length: 16 }, () => letters[random.below(letters.length)]).join("");
}

/** The file is never open to others, and never overwritten by another run that came first. */
function keep(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, "w", 0o600);
  try {
    chmodSync(path, 0o600);
    writeSync(file, `${content}\n`);
  } finally {
    closeSync(file);
  }
}

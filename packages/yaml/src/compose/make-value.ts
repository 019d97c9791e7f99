import type { Place } from "@evenkeel/core";
import { Mistake } from "../mistakes/mistake.ts";
import type { Token } from "../scan/token.ts";
import { jsonType } from "./json-type.ts";
import { implicitType, readScalar } from "./resolve-plain.ts";
import type { ScalarTypes } from "./scalar-types.ts";
import type { Mapping } from "./spots.ts";
import { keysOf } from "./spots.ts";
import type { ScalarTag, TagName } from "./tags.ts";
import { isScalarTag } from "./tags.ts";
import { UnsafeText } from "./unsafe-text.ts";
import { Vaulted } from "./vaulted.ts";

export interface MakeOptions {
  readonly types: ScalarTypes;
  /** The text is JSON as well, and then Ansible reads it as JSON: 1e3 is a number. */
  readonly isJson: boolean;
  placeAt(offset: number): Place;
}

interface ScalarRole {
  readonly tag: TagName | undefined;
  readonly isKey: boolean;
  /** It, or something around it, is `!unsafe`. */
  readonly isUnsafe: boolean;
}

/** The value of a scalar. */
export function makeScalar(token: Token, { tag, isKey, isUnsafe }: ScalarRole, options: MakeOptions): unknown {
  const type = typeOf(token, tag, isKey, options.isJson);
  if (tag === "!vault" || tag === "!vault-encrypted") return makeVaulted(token, type, options);
  const value = readScalar(type, token.text, options.types);
  if (value === undefined) {
    throw new Mistake("value", `${JSON.stringify(token.text)} is no ${typeNames[type]}`, token.start, {
      hint: "quote it if it is meant as text",
    });
  }
  return isUnsafe && typeof value === "string" && !isKey ? new UnsafeText(value) : value;
}

/** The value of a list with a tag; only `!!omap` and its like make something else of one. */
export function taggedList(list: readonly unknown[], tag: TagName, start: number): unknown {
  if (tag === "!" || tag === "seq" || tag === "!unsafe") return list;
  if (tag !== "omap" && tag !== "pairs") throw misplaced(tag, "list", start);
  return list.map((item) => {
    const pairs = entriesOf(item);
    if (pairs.length === 1) return pairs[0];
    throw new Mistake("value", `!!${tag} is a list of mappings with one key each`, start);
  });
}

/** The value of a mapping with a tag: a `!!set` is the list of its members. */
export function taggedMapping(mapping: Mapping, tag: TagName, start: number): unknown {
  if (tag === "!" || tag === "map" || tag === "!unsafe") return mapping;
  if (tag === "set") return keysOf(mapping);
  throw misplaced(tag, "mapping", start);
}

function typeOf(token: Token, tag: TagName | undefined, isKey: boolean, isJson: boolean): ScalarTag {
  if (tag === undefined && token.kind !== "plain") return "str";
  if (tag !== undefined && isScalarTag(tag)) return tag;
  if (tag !== undefined && !tag.startsWith("!")) throw misplaced(tag, "single value", token.start);
  const type = isJson ? jsonType(token.text) : implicitType(token.text);
  if (type !== "merge" && type !== "value") return type;
  if (isKey) return "str";
  throw new Mistake("value", `${token.text} has a meaning of its own in YAML`, token.start, { hint: "quote it" });
}

function makeVaulted(token: Token, type: ScalarTag, options: MakeOptions): Vaulted {
  if (type === "str") return new Vaulted(token.text, options.placeAt(token.start));
  throw new Mistake("value", "!vault is followed by encrypted text", token.start, {
    hint: "!vault |, and the text on the next lines",
  });
}

function misplaced(tag: TagName, what: string, start: number): Mistake {
  return new Mistake("tag", `a ${what} cannot be ${tag.startsWith("!") ? tag : `!!${tag}`}`, start);
}

function entriesOf(mapping: unknown): [unknown, unknown][] {
  if (mapping instanceof Map) return [...mapping.entries()];
  return typeof mapping === "object" && mapping !== null && !Array.isArray(mapping) ? Object.entries(mapping) : [];
}

const typeNames: Readonly<Record<ScalarTag, string>> = {
  bool: "boolean",
  int: "integer",
  float: "number",
  timestamp: "date",
  binary: "base64 data",
  null: "null",
  str: "text",
};

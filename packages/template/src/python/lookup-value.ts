import type { Context } from "../engine/context.ts";
import { BoundMethod } from "./bound-method.ts";
import { dictGet, dictKeys, isDict } from "./dict.ts";
import { asInt } from "./integer.ts";
import { characters } from "./length.ts";
import { Marker, Undefined } from "./marker.ts";
import { methodOf } from "./methods/method-of.ts";
import { TemplateObject } from "./object.ts";
import { Range } from "./range.ts";
import { repr } from "./repr.ts";
import { Slice, slice } from "./slice.ts";
import { NamedTuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";

/**
 * `target.name`. Only what is listed in the tables of methods, the attributes of our own objects and the elements of data
 * can be found: there is no way to anything of JavaScript's.
 */
export function getAttribute(target: unknown, name: string, context: Context): unknown {
  if (target instanceof Marker) return target;
  const own = ownAttribute(target, name, context);
  if (own !== undefined) return own;
  const element = isDict(target) ? dictGet(target, name) : undefined;
  return element === undefined ? missing(target, name) : element;
}

/** `target[key]`, which prefers elements to methods. */
export function getItem(target: unknown, key: unknown, context: Context): unknown {
  if (target instanceof Marker) return target;
  if (key instanceof Marker) return key.trip();
  const element = getElement(target, key);
  if (element !== undefined) return element;
  const own = typeof key === "string" ? ownAttribute(target, key, context) : undefined;
  return own === undefined ? missing(target, key) : own;
}

function getElement(target: unknown, key: unknown): unknown {
  if (key instanceof Slice) return slice(target, key);
  if (isDict(target)) return dictGet(target, key);
  const index = asInt(key);
  if (index === undefined) return undefined;
  const at = Number(index);
  if (Array.isArray(target)) return target[at < 0 ? at + target.length : at];
  if (typeof target === "string") return characters(target).at(at);
  if (!(target instanceof Range)) return undefined;
  const within = at < 0 ? at + target.length : at;
  return within >= 0 && within < target.length ? target.at(within) : undefined;
}

function ownAttribute(target: unknown, name: string, context: Context): unknown {
  const method = methodOf(target, name);
  if (method !== undefined) return new BoundMethod(target, name, method);
  if (target instanceof TemplateObject) return name.startsWith("_") ? undefined : target.attribute(name, context);
  if (!(target instanceof NamedTuple)) return undefined;
  const at = target.names.indexOf(name);
  return at < 0 ? undefined : target[at];
}

function missing(target: unknown, key: unknown): Undefined {
  const names = isDict(target) ? () => dictKeys(target).filter((each) => typeof each === "string") : undefined;
  const what = typeof key === "string" ? "attribute" : "element";
  const shown = key instanceof Slice ? "slice" : repr(key);
  return new Undefined(`object of type '${typeName(target)}' has no ${what} ${shown}`, undefined, {
    wanted: typeof key === "string" ? key : undefined,
    candidates: names,
  });
}

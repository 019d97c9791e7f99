import { Secret } from "@evenkeel/core";
import type { Value } from "@evenkeel/template";
import { hasMarkers, Undefined, UndefinedVariable } from "@evenkeel/template";
import { UnsafeText, Vaulted } from "@evenkeel/yaml";
import type { TaskScope } from "../variables/task-scope.ts";
import { isMapping, Written } from "../written/written.ts";

/** A written value, ready to be resolved: templates compiled when they are first needed. */
export type Prepared = Static | Dynamic;

/** The same for all, and always. */
interface Static {
  readonly isStatic: true;
  readonly value: unknown;
  resolve(): unknown;
}

interface Dynamic {
  readonly isStatic: false;
  resolve(scope: TaskScope): unknown;
}

/** Prepares a value once, however often it is asked for. */
export function prepare(written: Written): Prepared {
  const known = prepared.get(written);
  if (known) return known;
  const made = make(written);
  prepared.set(written, made);
  return made;
}

/** Whether a text may hold a template. */
export function hasTemplate(value: unknown): boolean {
  return typeof value === "string" && hasMarkers(value);
}

const prepared = new WeakMap<Written, Prepared>();

function make(written: Written): Prepared {
  const { value } = written;
  if (typeof value === "string") return makeText(written, value);
  if (typeof value !== "object" || value === null) return same(value);
  if (value instanceof Written) return prepare(value);
  if (value instanceof UnsafeText) return same(written.where.isSecret ? new Secret(value.value) : value.value);
  if (value instanceof Vaulted) return { isStatic: false, resolve: ({ world }) => world.files.decrypt(value) };
  if (Array.isArray(value)) return makeList(written, value);
  return isMapping(value) ? makeMapping(written, value) : same(value);
}

function same(value: unknown): Static {
  return { isStatic: true, value, resolve: () => value };
}

function makeText(written: Written, text: string): Prepared {
  const { isSecret } = written.where;
  if (!hasTemplate(text)) return same(isSecret ? new Secret(text) : text);
  let value: Value | undefined;
  return {
    isStatic: false,
    resolve: (scope) => {
      value ??= scope.world.templates.compileValue(text, { place: (line, column) => written.placeIn(line, column) });
      const result = value.resolve(scope, scope.environment);
      return isSecret && typeof result === "string" ? new Secret(result) : result;
    },
  };
}

function makeList(written: Written, list: readonly unknown[]): Prepared {
  const items = written.items.map(prepare);
  if (items.every((each) => each.isStatic)) {
    const values = items.map(({ value }) => value);
    return same(isEqual(values, list) ? list : values);
  }
  return {
    isStatic: false,
    resolve: (scope) => {
      const made: unknown[] = Array.from({ length: items.length });
      for (const [index, item] of items.entries()) put(made, index, item, scope);
      return made;
    },
  };
}

function makeMapping(written: Written, mapping: Record<string, unknown> | Map<unknown, unknown>): Prepared {
  if (mapping instanceof Map) return makeMap(written, mapping);
  const entries = written.entries.map(([key, each]) => [key, prepare(each)] as const);
  const fixed = entries.flatMap(([key, each]) => (each.isStatic ? [[key, each.value] as const] : []));
  if (fixed.length === entries.length) {
    const isSame = isEqual(
      fixed.map(([, value]) => value),
      Object.values(mapping),
    );
    return same(isSame ? mapping : Object.fromEntries(fixed));
  }
  return {
    isStatic: false,
    resolve: (scope) => {
      const made: Record<string, unknown> = {};
      for (const [key, each] of entries) put(made, key, each, scope);
      return made;
    },
  };
}

/** Keys that are not all texts. These are rare, and are resolved at once. */
function makeMap(written: Written, map: Map<unknown, unknown>): Prepared {
  const values = written.entries.map(([, each]) => prepare(each));
  const keys = [...map.keys()];
  const made = (all: readonly unknown[]) => new Map(keys.map((key, index) => [key, all[index]]));
  if (values.every((each) => each.isStatic)) return same(made(values.map(({ value }) => value)));
  return { isStatic: false, resolve: (scope) => made(values.map((each) => each.resolve(scope))) };
}

/** Elements that are templates are resolved when somebody looks at them: the others need not wait for them, or fail with them. */
function put(target: object, key: string | number, item: Prepared, scope: TaskScope): void {
  const set = (value: unknown) =>
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  if (item.isStatic) {
    set(item.value);
    return;
  }
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = resolvedOrMissing(item, scope);
      set(value);
      return value;
    },
    set,
  });
}

/** An element whose own template uses what is not there is not there itself: `default` and `is defined` apply to it. */
function resolvedOrMissing(item: Dynamic, scope: TaskScope): unknown {
  try {
    return item.resolve(scope);
  } catch (error) {
    if (error instanceof UndefinedVariable) return new Undefined(error.message, undefined, { origin: error });
    throw error;
  }
}

function isEqual(values: readonly unknown[], others: readonly unknown[]): boolean {
  return values.every((each, index) => each === others[index]);
}

import type { Open, Scope } from "@evenkeel/core";
import { InputError, InternalError } from "@evenkeel/core";
import { OMIT } from "@evenkeel/template";
import { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { prepare } from "./prepare.ts";
import type { ValueType } from "./value-type.ts";
import { describe } from "./value-type.ts";

/** Something that does not depend on variables. */
export function fixed<T>(value: T): Open<T> {
  return { source: value, resolve: () => value };
}

/** Something that is worked out from the variables. */
export function open<T>(source: unknown, resolve: (scope: TaskScope) => T): Open<T> {
  return { source, resolve: (scope) => resolve(taskScope(scope)) };
}

/** A keyword's value. When it is `omit`, what is handed down counts, and at last what stands for nothing. */
export function openKeyword<T>(
  { name, written, inherited = [] }: KeywordUse,
  type: ValueType<T>,
  otherwise: T,
): Open<T> {
  const prepared = prepare(written);
  if (prepared.isStatic) return fixed(readAs(prepared.value, { name, written }, type));
  return open(written.value, (scope) => {
    const value = prepared.resolve(scope);
    // Nothing says nothing, as if the keyword was not there.
    if (value !== OMIT && value !== null) return readAs(value, { name, written }, type);
    const [next, ...rest] = inherited;
    return next ? openKeyword({ name, written: next, inherited: rest }, type, otherwise).resolve(scope) : otherwise;
  });
}

export interface KeywordUse {
  readonly name: string;
  readonly written: Written;
  /** Where else it is said, the nearest first. */
  readonly inherited?: readonly Written[];
}

/** A value as the type it is to have; an InputError when it cannot be that. */
export function readAs<T>(value: unknown, { name, written }: KeywordUse, { read, expects }: ValueType<T>): T {
  const result = read(value);
  if (result !== undefined) return result;
  throw new InputError({
    code: "playbook/value",
    message: `${name}: expected ${expects}, found ${describe(value)}`,
    place: written.place,
  });
}

/** A scope is ours, whoever hands it on. */
export function taskScope(scope: Scope): TaskScope {
  if (scope instanceof TaskScope) return scope;
  throw new InternalError({ code: "playbook/scope", message: "a scope that the playbook did not make" });
}

import { evaluate } from "../values/condition.ts";
import { prepare } from "../values/prepare.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { settle } from "./settle.ts";

/** What a parameter gets whose text is an expression. It is evaluated when its value is looked at, and throws then. */
export interface ExpressionValue {
  readonly source: string;
  readonly value: unknown;
}

export function expressionValue(written: Written, scope: TaskScope): ExpressionValue {
  const { value: source } = written;
  if (typeof source === "string") return lazily(source, () => settle(evaluate(written, source, scope)));
  return { source: JSON.stringify(source), value: source };
}

/** Expressions in a list; also one alone, or a template that makes the list. */
export function expressionValues(written: Written, scope: TaskScope): readonly ExpressionValue[] {
  if (Array.isArray(written.value)) return written.items.map((each) => expressionValue(each, scope));
  if (typeof written.value !== "string" || !/^\s*\{\{[\s\S]*\}\}\s*$/.test(written.value))
    return [expressionValue(written, scope)];
  const list = prepare(written).resolve(scope);
  if (!Array.isArray(list)) return [{ source: written.value, value: list }];
  return list.map((each) => {
    // A text that a host has said must not be evaluated: only what a playbook's variable holds as it was written.
    const own = sourceOf(written.value as string, scope)?.items.find(({ value }) => value === each);
    return own ? expressionValue(own, scope) : { source: String(each), value: each };
  });
}

function sourceOf(template: string, scope: TaskScope): Written | undefined {
  const [, name] = /^\s*\{\{\s*([A-Za-z_]\w*)\s*\}\}\s*$/.exec(template) ?? [];
  return name === undefined ? undefined : scope.find(name)?.written;
}

function lazily(source: string, evaluateNow: () => unknown): ExpressionValue {
  let known: { readonly value: unknown } | undefined;
  return {
    source,
    get value() {
      known ??= { value: evaluateNow() };
      return known.value;
    },
  };
}

import type { Open } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import type { Expression } from "@evenkeel/template";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { fixed, open } from "./open.ts";
import { describe } from "./value-type.ts";

/** `when:` and its like: one expression, or a list of which all must hold. */
export function openConditions(written: Written): readonly Open<boolean>[] {
  return (Array.isArray(written.value) ? written.items : [written]).flatMap((each) => openCondition(each) ?? []);
}

/** The expression of a condition, to be looked at; undefined when it has none. */
function expressionOf({ value }: Written): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** An empty one holds, as it did in Ansible until 2.19. */
function openCondition(written: Written): Open<boolean> | undefined {
  const { value } = written;
  const source = expressionOf(written);
  if (source === undefined) return value === null || value === "" ? undefined : fixed(isHolding(value));
  let compiled: Expression | undefined;
  return open(source, (scope) => {
    compiled ??= scope.world.templates.compileExpression(source, {
      place: (line, column) => written.placeIn(line, column),
    });
    return verdict(compiled.evaluate(scope, scope.environment), written, scope.world.templates.isTrue);
  });
}

/** Evaluates an expression that stands alone. */
export function evaluate(written: Written, source: string, scope: TaskScope): unknown {
  const options = { place: (line: number, column: number) => written.placeIn(line, column) };
  return scope.world.templates.compileExpression(source, options).evaluate(scope, scope.environment);
}

/** Numbers and lists, which nobody writes as conditions. */
function isHolding(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** The text "false" is true to Python, and never to whoever wrote it. */
function verdict(value: unknown, written: Written, isTrue: (value: unknown) => boolean): boolean {
  if (typeof value === "string" && /^\s*(true|false|yes|no|on|off)\s*$/i.test(value)) {
    throw new InputError({
      code: "playbook/condition",
      message: `this condition is the text ${describe(value)}, and not true or false`,
      place: written.place,
      hint: "make it one with the filter bool: value | bool",
    });
  }
  return isTrue(value instanceof Secret ? value.reveal() : value);
}

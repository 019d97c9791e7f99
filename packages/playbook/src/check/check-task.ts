import type { Scope, Task } from "@evenkeel/core";
import type { ExpressionValue } from "../params/expression-value.ts";
import { notYet } from "./checked-host.ts";

/** Does something that may turn out wrong, and tells of it: undefined then. */
type Try = <T>(work: () => T) => T | undefined;

/** Works out all that a task says, as far as it can be. False when some of it could not. */
export function checkTask(task: Task, scope: Scope, attempt: Try): boolean {
  const params = attempt(() => task.params.resolve(scope));
  if (params) checkExpressions(params, attempt);
  const rest = [
    task.become,
    task.environment,
    task.runsOnce,
    task.isSilent,
    task.ignoresUnreachable,
    task.anyErrorsFatal,
  ];
  const optional = [
    task.delegateTo,
    task.checkMode,
    task.showsDiff,
    task.throttle,
    task.timeoutSeconds,
    task.loop?.label,
  ];
  const results = [...rest, ...optional].map((open) => (open ? attempt(() => ({ value: open.resolve(scope) })) : {}));
  const after = scope.with({ [task.register ?? "ansible_result"]: notYet });
  const later = [...(task.changedWhen ?? []), ...(task.failedWhen ?? []), ...(task.until?.conditions ?? [])];
  const conditions = later.map((condition) => attempt(() => ({ value: condition.resolve(after) })));
  return params !== undefined && [...results, ...conditions].every((each) => each !== undefined);
}

/** Conditions of `assert` are looked at until one does not hold, as when it runs; what `debug` shows may be anything. */
function checkExpressions(params: Readonly<Record<string, unknown>>, attempt: Try): void {
  for (const value of Object.values(params)) {
    if (!Array.isArray(value)) continue;
    for (const each of value) {
      if (!isExpression(each)) break;
      const found = attempt(() => ({ value: each.value }));
      if (found === undefined || found.value === false) break;
    }
  }
}

function isExpression(value: unknown): value is ExpressionValue {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    "value" in Object.getOwnPropertyDescriptors(value)
  );
}

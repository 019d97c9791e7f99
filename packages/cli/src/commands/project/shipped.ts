import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { kinds } from "@evenkeel/kinds";
import { executors, modules } from "@evenkeel/module-system";

/** What tasks can call. */
export function shippedModules(): readonly AnyModule[] {
  return modules;
}

/** What there is on hosts, as the modules need it. */
export function shippedKinds(): readonly AnyKind[] {
  return kinds;
}

/** Steps that a host's shell cannot take. */
export function shippedExecutors(): readonly StepExecutor[] {
  return executors;
}

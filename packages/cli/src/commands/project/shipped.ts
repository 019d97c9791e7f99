import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { kinds } from "@evenkeel/kinds";
import * as app from "@evenkeel/module-app";
import * as dns from "@evenkeel/module-dns";
import * as mysql from "@evenkeel/module-mysql";
import * as nginx from "@evenkeel/module-nginx";
import { executors, modules } from "@evenkeel/module-system";
import * as zeroDowntime from "@evenkeel/module-zero-downtime";

/** What tasks can call. */
export function shippedModules(): readonly AnyModule[] {
  return [...modules, ...app.modules, ...dns.modules, ...mysql.modules, ...nginx.modules, ...zeroDowntime.modules];
}

/** What there is on hosts, as the modules need it. */
export function shippedKinds(): readonly AnyKind[] {
  return [...kinds, ...app.kinds, ...dns.kinds, ...mysql.kinds];
}

/** Steps that a host's shell cannot take. */
export function shippedExecutors(): readonly StepExecutor[] {
  return [
    ...executors,
    ...app.executors,
    ...dns.executors,
    ...mysql.executors,
    ...nginx.executors,
    ...zeroDowntime.executors,
  ];
}

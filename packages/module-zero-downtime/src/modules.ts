import type { AnyModule, StepExecutor } from "@evenkeel/core";
import { reloadExecutor } from "@evenkeel/kinds";
import { maintenance } from "./maintenance.ts";
import { measuredExecutor } from "./measured-executor.ts";
import { reload } from "./reload.ts";

/** All modules that there are here. */
export const modules: readonly AnyModule[] = [reload, maintenance];

/** Who takes the steps that these need. */
export const executors: readonly StepExecutor[] = [reloadExecutor, measuredExecutor];

import type { AnyModule, StepExecutor } from "@evenkeel/core";
import { nginxPutExecutor, reloadExecutor } from "@evenkeel/kinds";
import { ownFile } from "./own-file.ts";
import { site } from "./site.ts";
import { upstream } from "./upstream.ts";

/** All modules that there are here. */
export const modules: readonly AnyModule[] = [site, upstream, ownFile];

/** Who takes the steps that these need. */
export const executors: readonly StepExecutor[] = [nginxPutExecutor, reloadExecutor];

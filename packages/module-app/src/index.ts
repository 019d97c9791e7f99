import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { deploy } from "./deploy/deploy.ts";
import { instance } from "./instance/instance.ts";
import { migration } from "./migration/migration.ts";
import { release } from "./release/release.ts";
import { rollback } from "./rollback/rollback.ts";
import { sendExecutor } from "./source/send-executor.ts";
import { source } from "./source/source.ts";
import { scriptExecutor } from "./step/script-step.ts";
import { traffic } from "./traffic/traffic.ts";

export { deploy, rollback };

export const modules: readonly AnyModule[] = [deploy, rollback];
export const kinds: readonly AnyKind[] = [source, release, migration, instance, traffic];
export const executors: readonly StepExecutor[] = [sendExecutor, scriptExecutor];

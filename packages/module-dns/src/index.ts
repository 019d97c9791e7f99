import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { configured } from "./bind/configured.ts";
import { included } from "./bind/included.ts";
import { proveExecutor } from "./bind/prove-executor.ts";
import { served } from "./bind/served.ts";
import { key } from "./key/key.ts";
import { record } from "./record/record.ts";
import { recordSet } from "./record/record-set.ts";
import { updateExecutor } from "./record/update-executor.ts";
import { zone } from "./zone/zone.ts";

export const modules: readonly AnyModule[] = [key, record, zone];

export const kinds: readonly AnyKind[] = [configured, included, recordSet, served];

export const executors: readonly StepExecutor[] = [proveExecutor, updateExecutor];

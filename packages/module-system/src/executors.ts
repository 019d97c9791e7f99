import type { StepExecutor } from "@evenkeel/core";
import { downloadExecutor, fetchExecutor } from "@evenkeel/kinds";
import { rebootExecutor } from "./host/reboot-executor.ts";
import { uriExecutor } from "./http/uri-executor.ts";
import { waitForConnectionExecutor } from "./waiting/wait-for-connection.ts";
import { waitForExecutor } from "./waiting/wait-for-executor.ts";

/** Who takes the steps of this package's own; `pauseExecutor` is made of a terminal. */
export const executors: readonly StepExecutor[] = [
  rebootExecutor,
  downloadExecutor,
  fetchExecutor,
  uriExecutor,
  waitForConnectionExecutor,
  waitForExecutor,
];

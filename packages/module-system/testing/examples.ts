import { controlExamples } from "./examples/control.ts";
import { fileExamples } from "./examples/files.ts";
import type { ModuleExample } from "./examples/module-example.ts";
import { packageExamples } from "./examples/packages.ts";
import { runningExamples } from "./examples/running.ts";
import { systemExamples } from "./examples/system.ts";

/** What the laws are tried on: each module at least once, but those that are only refused. */
export const examples: readonly ModuleExample[] = [
  ...fileExamples,
  ...systemExamples,
  ...packageExamples,
  ...runningExamples,
  ...controlExamples,
];

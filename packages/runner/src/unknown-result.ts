import type { AnyModule } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { Result } from "./events.ts";

/** What every command says, whatever module runs it. */
const usual = ["rc", "stdout", "stderr", "stdout_lines", "stderr_lines", "msg", "start", "end", "delta"];

/** A result of something that has not happened yet: whether it changes is known, what it says is not. */
export function unknownResult(module: AnyModule, changed: boolean, because: string): Result {
  const fields = Object.keys(module.returns?.properties ?? {});
  const unknown = [...usual, ...fields].map((field) => [field, unsettled(because)]);
  return { ...Object.fromEntries(unknown), changed, failed: false };
}

import type { RunStep, Secret } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";
import type { AccountTools } from "./user-state.ts";

/** One run of useradd, groupmod and the like; on hosts that have none of them, of our own that takes the same words. */
export function accountStep(tools: AccountTools | undefined, argv: readonly string[], stdin?: Secret): RunStep {
  const words =
    tools === "files"
      ? ["sh", "-c", readWords(new URL("./account-files.sh", import.meta.url)), "evenkeel-accounts", ...argv]
      : argv;
  return { do: "run", argv: words, ...(stdin !== undefined && { stdin }) };
}

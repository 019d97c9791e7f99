import { StepError } from "@evenkeel/core";

/** Our scripts say `unreadable` where rndc's key is not ours to read: what named says is then not known, and not nothing. */
export function demandRoot(said: string): void {
  if (!/^unreadable$/m.test(said)) return;
  throw new StepError({
    code: "dns/not-root",
    message: "named cannot be asked: its key for rndc is not ours to read",
    hint: "become: true",
  });
}

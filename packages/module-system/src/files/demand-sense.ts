import { InputError } from "@evenkeel/core";

/** Refuses parameters that make no sense together: each rule says what would be wrong, and whether it is. */
export function demandSense(task: string, rules: Readonly<Record<string, boolean>>): void {
  const problems = Object.entries(rules).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
  if (problems.length === 0) return;
  throw new InputError({ code: "module/params", message: `${task}: ${problems.join("; ")}` });
}

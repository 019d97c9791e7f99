import type { Here } from "../reading.ts";
import type { Written } from "../written/written.ts";
import type { Call } from "./find-call.ts";

/** Whether a task comes after the one that the run is to start at, or is it. */
export function isStartReached(written: Written, call: Call, { reading: { start }, isHandler, frame }: Here): boolean {
  if (isHandler || start.isReached || start.task === undefined) return true;
  const own = String(written.get("name")?.value ?? call.name);
  const names = [own, ...(frame.role ? [`${frame.role.fullName} : ${own}`] : [])];
  start.isReached = names.some((name) => name === start.task || matches(name, start.task ?? ""));
  return start.isReached;
}

/** With `*` and `?`, as the shell has them. */
function matches(name: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(name);
}

import type { SeenTask } from "../seen.ts";
import { hasTemplate } from "../values/prepare.ts";

/** The variables that tasks give to hosts: registered results, and those that are set or read. */
export function givenByTasks(tasks: readonly SeenTask[]): (name: string) => boolean {
  const names = new Set<string>();
  let mayBeAny = false;
  for (const { call, heritage } of tasks) {
    const register = heritage.keywords.get("register")?.value;
    if (typeof register === "string") names.add(register);
    for (const name of call.module?.remembers === "setFacts" ? call.params.keys() : []) {
      names.add(name);
      mayBeAny ||= hasTemplate(name);
    }
    mayBeAny ||= call.module?.remembers === "included" || call.splats.length > 0;
  }
  return (name) => mayBeAny || names.has(name);
}

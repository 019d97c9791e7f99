import { stringify } from "yaml";
import type { Case } from "./table.ts";

/** Where a host keeps what each task registered. */
export const resultsFolder = "/var/tmp/conformance";

/** A case as a playbook that both can run: each task's result is written down. */
export function playbookOf({ tasks, facts = false, plays = [] }: Case): string {
  const written = tasks.flatMap((task, index) => {
    const register = typeof task.register === "string" ? task.register : `conformance_${index}`;
    const dump = { content: `{{ ${register} | to_json }}`, dest: `${resultsFolder}/${index}.json`, mode: "0600" };
    return [{ ignore_errors: true, ...task, register }, { copy: dump }];
  });
  return stringify([{ hosts: "all", gather_facts: facts, tasks: written }, ...plays], { lineWidth: 0 });
}

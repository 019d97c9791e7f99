import { stringify } from "yaml";
import type { Case } from "./table.ts";

/** Where a host keeps what the tasks registered. */
export const resultsFile = "/var/tmp/conformance.json";

/** A case as a playbook that both can run: in the end all results are written down. */
export function playbookOf({ tasks, facts = false, plays = [] }: Case): string {
  const registered = tasks.map((task, index) =>
    typeof task.register === "string" ? task.register : `conformance_${index}`,
  );
  const named = tasks.map((task, index) => ({ ignore_errors: true, ...task, register: registered[index] }));
  const dump = { content: `{{ [${registered.join(", ")}] | to_json }}`, dest: resultsFile, mode: "0600" };
  return stringify([{ hosts: "all", gather_facts: facts, tasks: [...named, { copy: dump }] }, ...plays], {
    lineWidth: 0,
    version: "1.1", // Ansible reads ON as true where it has no quotes.
  });
}

import { evenkeel as type } from "@evenkeel/lab";

/** What a playbook did, how much of it, and what it could not know. It fails when the run fails. */
export async function evenkeel(mode: "plan" | "apply", playbook: string, inventory: string) {
  const words = [mode, playbook, "-i", inventory, "--json", ...(mode === "apply" ? ["--yes"] : [])];
  const { status, output, events, changes } = await type(words);
  if (status !== 0) throw new Error(`it ended with ${status}\n${output}`);
  const unknown = events.flatMap(({ type, task, outcome }) => (type === "task" && outcome === "unknown" ? [task] : []));
  return { changes, unknown, changed: events.findLast(({ type }) => type === "summary")?.changed };
}

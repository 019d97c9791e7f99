import type { Include } from "@evenkeel/core";
import { splitWords } from "../free-form/split-words.ts";
import type { Here } from "../reading.ts";
import { readAs, taskScope } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { text } from "../values/value-type.ts";
import { makeInclude, runningAt } from "./include-tasks.ts";
import { readNodes } from "./read-nodes.ts";
import type { TaskReading } from "./read-task.ts";

/** What decides whether and how often a task runs; what is left is the task itself. */
const outer = /^(when|loop|loop_control|with_\w+|run_once)$/;

/** A task whose module is only known when it runs: `action: "{{ ansible_pkg_mgr }} name=x"`. It is read then. */
export function dynamicAction(task: TaskReading, here: Here): Include {
  const { written, call } = task;
  const include = makeInclude(task, here, (scope) => {
    const inside = runningAt(here, task, scope);
    const [first] = splitWords(String(call.written.value));
    const name = call.written.part(first?.text.trim() ?? "", first?.index ?? 0);
    const module = readAs(prepare(name).resolve(taskScope(scope)), { name: call.said, written: name }, text);
    const rest = String(call.written.value).slice((first?.index ?? 0) + (first?.text.length ?? 0));
    const own = written.entries.filter(([key]) => !outer.test(key) && key !== call.said);
    const made = written.withEntries([
      ...own,
      [call.said, call.written.standingFor(`${module} ${rest.trim()}`.trim())],
    ]);
    return { nodes: readNodes(written.standingFor([made]), inside), handlers: [], mistakes: inside.reading.mistakes };
  });
  return { ...include, isItself: true };
}

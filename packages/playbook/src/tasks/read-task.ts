import type { Node } from "@evenkeel/core";
import { keywordsOf } from "../keywords/keyword-table.ts";
import { readKeywords } from "../keywords/read-keywords.ts";
import { refuseKeywords } from "../keywords/refused-keywords.ts";
import type { Here } from "../reading.ts";
import { isSelected } from "../tags/selection.ts";
import { checkedVars, isName } from "../variables/checked-vars.ts";
import type { Frame } from "../variables/frame.ts";
import type { Written } from "../written/written.ts";
import { buildTask } from "./build-task.ts";
import { dynamicAction } from "./dynamic-action.ts";
import type { Call } from "./find-call.ts";
import { findCall } from "./find-call.ts";
import { importRole } from "./import-role.ts";
import { importTasks } from "./import-tasks.ts";
import { includeRole } from "./include-role.ts";
import { includeTasks } from "./include-tasks.ts";
import { isStartReached } from "./is-start-reached.ts";
import { modulesFor } from "./modules-elsewhere.ts";
import { idOf } from "./node-id.ts";
import { environmentEntries } from "./open-keywords.ts";
import { readMeta } from "./read-meta.ts";
import { tagSet } from "./read-nodes.ts";

/** A task that is being read, with what is handed down to it. */
export interface TaskReading {
  readonly written: Written;
  readonly call: Call;
  /** Its own keywords are handed down, too. */
  readonly here: Here;
}

/** One task, or what an import puts in its place; nothing when it is not selected. */
export function readTask(written: Written, here: Here): readonly Node[] {
  const task = openTask(written, here);
  if (task === undefined) return [];
  const { call } = task;
  if (call.name === "import_tasks") return importTasks(task, here);
  if (call.name === "import_role") return importRole(task, here);
  const node = nodeFor(task, here);
  if (node === undefined || !isStartReached(written, call, here)) return [];
  return here.isHandler || isSelected(tagSet(task.here.heritage, here), here.reading.selection) ? [node] : [];
}

/** What a task says, before it becomes a node. Undefined, with a mistake added, when it calls nothing. */
export function openTask(written: Written, here: Here): TaskReading | undefined {
  const { reading } = here;
  const modules = modulesFor(written, here.heritage, reading.modules);
  const call = findCall(written, modules, reading.mistakes, here.isHandler);
  if (call === undefined) {
    reading.seen?.lose(written);
    return undefined;
  }
  const bearer =
    call.name === "include_tasks" || call.name === "include_role" ? "include" : here.isHandler ? "handler" : "task";
  const forms = keywordsOf(here.isHandler ? "handler" : "task");
  const entries = written.entries.filter(
    ([key]) => Object.hasOwn(forms, key) && !(key === "listen" && bearer === "include"),
  );
  const keywords = readKeywords(entries, bearer, reading.mistakes);
  refuseKeywords(keywords, reading.mistakes);
  checkRegister(keywords.get("register"), here);
  const heritage = here.heritage.with(keywords);
  const vars = checkedVars("task vars", keywords.get("vars"), reading.mistakes);
  const taskVars = vars.entries.size > 0 ? [...here.frame.taskVars, vars] : here.frame.taskVars;
  const frame: Frame = { ...here.frame, taskVars, environment: environmentEntries(heritage) };
  reading.seen?.task({
    id: idOf(written, { ...here, heritage, frame }),
    written,
    call,
    heritage,
    frame,
    isHandler: here.isHandler,
  });
  return { written, call, here: { ...here, heritage, frame } };
}

/** The node of a task that is no import. */
export function nodeFor(task: TaskReading, here: Here): Node | undefined {
  const { written, call } = task;
  const { module } = call;
  if (module) {
    const { heritage, frame } = task.here;
    return buildTask({ written, call: { ...call, module }, heritage, frame, here });
  }
  if (call.name === "include_tasks") return includeTasks(task, here);
  if (call.name === "include_role") return includeRole(task, here);
  if (call.name === "meta") return readMeta(task);
  if (call.name === "action") return dynamicAction(task, here);
  here.reading.mistakes.add({
    code: "unknown-module",
    message:
      call.name === "include"
        ? "`include` is no longer there"
        : "`import_playbook` stands where a play does, not among tasks",
    place: call.written.keyPlace,
    ...(call.name === "include" && { hint: "use include_tasks or import_tasks" }),
  });
  return undefined;
}

function checkRegister(written: Written | undefined, { reading }: Here): void {
  if (written === undefined || isName(String(written.value))) return;
  const message = `register: ${JSON.stringify(written.value)} is no name for a variable`;
  reading.mistakes.add({ code: "variable-name", message, place: written.place });
}

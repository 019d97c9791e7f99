import type { Handler, Include, Node, Scope } from "@evenkeel/core";
import { InputError, UnsettledValue } from "@evenkeel/core";
import { readKeywords } from "../keywords/read-keywords.ts";
import type { Here } from "../reading.ts";
import { readAs, taskScope } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { flag, text } from "../values/value-type.ts";
import type { Layer } from "../variables/layer.ts";
import { layerOf } from "../variables/layer.ts";
import { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { openName, scopeFor, whenOf } from "./build-task.ts";
import { enter, fileIn } from "./import-tasks.ts";
import { idOf } from "./node-id.ts";
import { openInherited } from "./open-keywords.ts";
import { readLoop } from "./read-loop.ts";
import { readNodes } from "./read-nodes.ts";
import type { TaskReading } from "./read-task.ts";
import { readTasksFile } from "./tasks-file.ts";

/** What an include comes to when a host gets there. */
export interface Included {
  readonly nodes: readonly Node[];
  readonly handlers: readonly Handler[];
}

/** Tasks of a file that is named when the play gets there. */
export function includeTasks(task: TaskReading, here: Here): Include {
  const { call } = task;
  const file = fileIn(call, "include_tasks");
  const outside = withApplied(call.params.get("apply"), here);
  return makeInclude(task, here, (scope) => {
    const name = readAs(prepare(file).resolve(taskScope(scope)), { name: "include_tasks", written: file }, text);
    const inside = runningAt(outside, task, scope);
    const { path, list } = readTasksFile(name, file, inside, true);
    refuseDepth(inside, file, path);
    const entered = enter(inside, path);
    return { nodes: readNodes(list, entered), handlers: [], mistakes: inside.reading.mistakes };
  });
}

/** An include's node, whatever it includes. */
export function makeInclude(
  { written, call, here: within }: TaskReading,
  here: Here,
  read: (scope: Scope) => Included & { readonly mistakes: Mistakes },
): Include {
  const { heritage, frame } = within;
  const { world } = here.reading;
  const loop = readLoop(written, within, call.name);
  return {
    node: "include",
    id: idOf(written, within),
    name: openName(heritage.keywords.get("name"), call.said, frame),
    place: written.place,
    when: whenOf(heritage),
    ...(loop && { loop }),
    runsOnce: openInherited(heritage, "run_once", flag, false),
    scope: scopeFor(world, frame),
    read: async (scope) => {
      const { mistakes, ...included } = read(scope);
      const [first, ...more] = mistakes.list();
      if (more.length > 0) throw new AggregateError([first, ...more], first?.message);
      if (first) throw first;
      return included;
    },
  };
}

/** The place of an include's tasks on one host: its variables and those of its loop are with them from here on. */
export function runningAt(here: Here, { here: within }: TaskReading, scope: Scope): Here {
  const { overlay, memory } = taskScope(scope);
  const { world } = here.reading;
  const vars: Layer = layerOf("include parameters", within.heritage.keywords.get("vars"));
  const { frame } = here;
  return {
    ...here,
    memory,
    frame: {
      ...frame,
      includeParams: vars.entries.size > 0 ? [...frame.includeParams, vars] : frame.includeParams,
      carried: { ...frame.carried, ...overlay },
    },
    reading: {
      ...here.reading,
      mistakes: new Mistakes((file) => world.files.textOf(file)),
      isRunning: true,
      seen: world.isChecking() ? here.reading.seen : undefined,
    },
  };
}

/** `apply:` hands keywords down to what is included, as a block around it would. */
export function withApplied(apply: Written | undefined, here: Here): Here {
  if (apply === undefined) return here;
  if (!isMapping(apply.value)) {
    throw new InputError({
      code: "playbook/value",
      message: "apply: expected a mapping of keywords",
      place: apply.place,
    });
  }
  const keywords = readKeywords(apply.entries, "block", here.reading.mistakes);
  const vars = layerOf("block vars", keywords.get("vars"));
  const heritage = here.heritage.with(keywords);
  return { ...here, heritage, frame: { ...here.frame, taskVars: [...here.frame.taskVars, vars] } };
}

const deepest = 100;

/** Includes that go on and on. While nothing runs, nobody knows when one that includes itself stops. */
export function refuseDepth({ within, reading }: Here, written: Written, path: string): void {
  if (reading.world.isChecking() && within.includes(path))
    throw new UnsettledValue("it is not known how often this is included");
  if (within.length < deepest) return;
  const message = `more than ${deepest} includes within one another`;
  throw new InputError({ code: "playbook/include-depth", message, place: written.place });
}

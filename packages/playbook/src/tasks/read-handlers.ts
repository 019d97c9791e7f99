import type { Handler, Include, Node, Task } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { texts } from "../values/value-type.ts";
import { fixed, open } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { isBlock, readNodes, readOrLeave } from "./read-nodes.ts";
import { readTask } from "./read-task.ts";

/** A list of handlers. What an import brings is in its place. */
export function readHandlers(list: Written | undefined, here: Here): readonly Handler[] {
  return (list?.items ?? []).flatMap((item) => readHandler(item, here));
}

/** The tasks of a file that a handler includes. */
export function readHandlerNodes(list: Written, here: Here): readonly Node[] {
  return readNodes(list, here);
}

function readHandler(item: Written, here: Here): readonly Handler[] {
  const { mistakes } = here.reading;
  if (isMapping(item.value) && isBlock(item)) {
    mistakes.add({ code: "handler-block", message: "a handler cannot be a block", place: item.place });
    return [];
  }
  const nodes = isMapping(item.value) ? readOrLeave(here, () => readTask(item, here)) : readNodes(item.standingFor([item.value]), here);
  return nodes.flatMap((node) => (node.node === "task" || node.node === "include" ? [handlerFor(node, item, here)] : []));
}

function handlerFor(node: Task | Include, item: Written, here: Here): Handler {
  const { role } = here.frame;
  const name = item.get("name");
  const listen = texts.read(item.get("listen")?.value ?? []) ?? [];
  const qualified = role ? listen.flatMap((each) => [each, `${role.fullName} : ${each}`, `${role.name} : ${each}`]) : listen;
  return {
    id: here.play.handlerId([...(role ? [role.fullName] : []), String(name?.value ?? node.id)].join(" : ")),
    node,
    name: nameOf(name),
    listen: [...new Set(qualified)],
    ...(role && { role: role.fullName }),
  };
}

function nameOf(written: Written | undefined): Handler["name"] {
  if (written === undefined) return fixed("");
  const prepared = prepare(written);
  return prepared.isStatic ? fixed(String(prepared.value)) : open(written.value, (scope) => String(prepared.resolve(scope)));
}

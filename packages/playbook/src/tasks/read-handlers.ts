import type { Handler, Include, Task } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { fixed, open } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { describe, texts } from "../values/value-type.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { openImport } from "./import-tasks.ts";
import { isBlock, readOrLeave } from "./read-nodes.ts";
import { nodeFor, openTask } from "./read-task.ts";

/** A list of handlers. What an import brings is in its place. */
export function readHandlers(list: Written | undefined, here: Here): readonly Handler[] {
  return (list?.items ?? []).flatMap((item) => readHandler(item, here));
}

function readHandler(item: Written, here: Here): readonly Handler[] {
  const { mistakes } = here.reading;
  if (isMapping(item.value) && isBlock(item)) {
    mistakes.add({ code: "handler-block", message: "a handler cannot be a block", place: item.place });
    return [];
  }
  if (!isMapping(item.value)) {
    mistakes.add({ code: "task", message: `expected a handler, found ${describe(item.value)}`, place: item.place });
    return [];
  }
  return readOrLeave(item, here, () => {
    const task = openTask(item, here);
    if (task?.call.name === "import_tasks") {
      const { list, inside } = openImport(task, here);
      return readHandlers(list, inside);
    }
    const node = task && nodeFor(task, here);
    return node?.node === "task" || node?.node === "include" ? [handlerFor(node, item, here)] : [];
  });
}

function handlerFor(node: Task | Include, item: Written, here: Here): Handler {
  const { role } = here.frame;
  const name = item.get("name");
  const listen = texts.read(item.get("listen")?.value ?? []) ?? [];
  const qualified = role
    ? listen.flatMap((each) => [each, `${role.fullName} : ${each}`, `${role.name} : ${each}`])
    : listen;
  return {
    id: here.play.handlerId([...(role ? [role.fullName] : []), String(name?.value ?? node.id)].join(" : "), node.id),
    node,
    name: nameOf(name),
    listen: [...new Set(qualified)],
    ...(role && { role: role.fullName }),
  };
}

function nameOf(written: Written | undefined): Handler["name"] {
  if (written === undefined) return fixed("");
  const prepared = prepare(written);
  return prepared.isStatic
    ? fixed(String(prepared.value))
    : open(written.value, (scope) => String(prepared.resolve(scope)));
}

import { dirname } from "node:path";
import type { Block, Handler, Node } from "@evenkeel/core";
import { UnsafeText } from "@evenkeel/yaml";
import type { Here } from "../reading.ts";
import { whenOf } from "../tasks/build-task.ts";
import { enter } from "../tasks/import-tasks.ts";
import { readHandlers } from "../tasks/read-handlers.ts";
import { roleId } from "../tasks/read-meta.ts";
import { readNodes } from "../tasks/read-nodes.ts";
import { readTask } from "../tasks/read-task.ts";
import { hasTemplate } from "../values/prepare.ts";
import { TaskScope } from "../variables/task-scope.ts";
import { given, isMapping } from "../written/written.ts";
import type { RoleUse } from "./role-use.ts";

/** A role's tasks, those of the roles that it depends on first. */
export function compileRole(use: RoleUse, here: Here): readonly Node[] {
  const within = inside(use, here);
  const before = use.dependencies.flatMap((each) => compileRole(each, within));
  const again = repetition(use, here);
  if (again === "never") return before;
  const nodes = [
    ...argumentCheck(use, within),
    ...(use.tasks ? readNodes(use.tasks.list, enter(within, use.tasks.path)) : []),
  ];
  if (nodes.length === 0) return before;
  const block: Block = {
    node: "block",
    name: use.frame.fullName,
    place: use.written.place,
    nodes,
    rescue: [],
    always: [],
    role: roleId(use.frame),
    ...(again && { isLeftOut: again }),
  };
  return [...before, block];
}

/** The handlers of a role, and of those that it depends on. */
export function handlersOf(use: RoleUse, here: Here): readonly Handler[] {
  const within = inside(use, here);
  const before = use.dependencies.flatMap((each) => handlersOf(each, within));
  if (use.handlers === undefined) return before;
  const own = readHandlers(use.handlers.list, enter({ ...within, isHandler: true }, use.handlers.path));
  return [...before, ...own];
}

function inside({ frame: role, heritage }: RoleUse, here: Here): Here {
  return { ...here, heritage, frame: { ...here.frame, role, searchPath: [role.path, dirname(role.path)] } };
}

/**
 * A role that is there twice runs once. When the first use is conditional, the second runs where the first was left out.
 */
function repetition(use: RoleUse, here: Here): Block["isLeftOut"] | "never" {
  const earlier = here.play.usesBefore(use, here.memory);
  if (use.mayRepeat || earlier.length === 0) return undefined;
  const conditions = earlier.map((each) => whenOf(each.heritage));
  if (conditions.some((each) => each.length === 0)) return "never";
  const { world } = here.reading;
  return (memory) =>
    conditions.some((each, index) => {
      const role = earlier[index]?.frame;
      const scope = new TaskScope({ world, memory, frame: { ...here.frame, ...(role && { role }) }, overlay: {} });
      return each.every((condition) => condition.resolve(scope));
    });
}

/** The task that checks a role's arguments against its `argument_specs`. */
function argumentCheck({ argumentSpec, frame }: RoleUse, here: Here): readonly Node[] {
  if (!argumentSpec || !here.reading.modules.has("validate_argument_spec")) return [];
  const { entry, written } = argumentSpec;
  const summary = written.get("short_description")?.value;
  const task = given(
    {
      name: `Validating arguments against arg spec '${entry}'${summary === undefined ? "" : ` - ${String(summary)}`}`,
      tags: ["always"],
      validate_argument_spec: {
        argument_spec: asData(written.get("options")?.value ?? {}),
        provided_arguments: Object.fromEntries([...frame.params.entries].map(([name, { value }]) => [name, value])),
        validate_args_context: { type: "role", name: frame.name, argument_spec_name: entry, path: frame.path },
      },
    },
    written.place,
  );
  return readTask(task, here);
}

/** What describes arguments may show templates, and means none. */
function asData(value: unknown): unknown {
  if (typeof value === "string") return hasTemplate(value) ? new UnsafeText(value) : value;
  if (Array.isArray(value)) return value.map(asData);
  if (!isMapping(value) || value instanceof Map) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asData(each)]));
}

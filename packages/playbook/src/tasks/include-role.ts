import type { Include } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { compileRole, handlersOf } from "../roles/compile-role.ts";
import { useRole } from "../roles/use-role.ts";
import { taskScope } from "../values/open.ts";
import { makeInclude, refuseDepth, runningAt, withApplied } from "./include-tasks.ts";
import type { TaskReading } from "./read-task.ts";
import { checkRoleCall, readRoleCall } from "./role-call.ts";

/** A role's tasks, which role being decided when the play gets there. */
export function includeRole(task: TaskReading, here: Here): Include {
  checkRoleCall(task);
  const outside = withApplied(task.call.params.get("apply"), here);
  return makeInclude(task, here, (scope) => {
    const own = taskScope(scope);
    const { request, isPublic } = readRoleCall(task, own);
    const inside = withParentNames(runningAt(outside, task, scope));
    const { mistakes } = inside.reading;
    const use = useRole(request, inside);
    if (use === undefined) return { nodes: [], handlers: [], mistakes };
    refuseDepth(inside, request.written, use.tasks?.path ?? "");
    if (!use.mayRepeat && here.play.hasRun(use.identity, own.memory)) return { nodes: [], handlers: [], mistakes };
    if (isPublic) here.play.include(use.frame, own.memory);
    return { nodes: compileRole(use, inside), handlers: handlersOf(use, inside), mistakes };
  });
}

/** A role that is included by another can see by which. */
function withParentNames(here: Here): Here {
  const { role, includeParams, carried } = here.frame;
  if (!role) return here;
  const names = [role.fullName, ...textsIn(carried.ansible_parent_role_names)];
  const paths = [role.path, ...textsIn(carried.ansible_parent_role_paths)];
  const frame = {
    ...here.frame,
    includeParams: [...includeParams, ...role.parents.map(({ params }) => params), role.params],
    carried: { ...carried, ansible_parent_role_names: names, ansible_parent_role_paths: paths },
  };
  return { ...here, frame };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

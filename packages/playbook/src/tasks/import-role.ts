import type { Node } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { compileRole, handlersOf } from "../roles/compile-role.ts";
import { useRole } from "../roles/use-role.ts";
import { playScope } from "../variables/play-scope.ts";
import { refuseLoop } from "./import-tasks.ts";
import type { TaskReading } from "./read-task.ts";
import { checkRoleCall, readRoleCall } from "./role-call.ts";

/** A role's tasks in place of the import, with all its keywords handed down to each. */
export function importRole(task: TaskReading, here: Here): readonly Node[] {
  refuseLoop(task.written, "import_role");
  checkRoleCall(task);
  if (!task.call.params.has("name") && !task.call.params.has("role")) return [];
  const { request, isPublic } = readRoleCall(task, playScope(here));
  const within = { ...task.here, frame: { ...task.here.frame, environment: here.frame.environment } };
  const use = useRole(request, within);
  if (use === undefined) return [];
  if (isPublic) here.play.addPublic(use.frame);
  here.play.addHandlers(handlersOf(use, within));
  return compileRole(use, within);
}

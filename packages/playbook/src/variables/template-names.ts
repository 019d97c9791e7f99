import { statSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { resolve } from "node:path";
import type { TaskScope } from "./task-scope.ts";

/** What a template file can say of itself, whether a task or a lookup renders it. */
export function templateNames(path: string, asked: string, scope: TaskScope): Readonly<Record<string, unknown>> {
  const { mtime } = statSync(path);
  return {
    ...ourNames(),
    template_path: asked,
    template_fullpath: resolve(path),
    template_destpath: null,
    template_mtime: pythonTime(mtime),
    template_run_date: pythonTime(new Date()),
    ansible_managed: "Ansible managed",
    ...(scope.has("ansible_managed") && { ansible_managed: scope.get("ansible_managed") }),
  };
}

/** Asked of the system once. */
function ourNames(): Readonly<Record<string, unknown>> {
  here ??= { template_host: hostname(), template_uid: userInfo().username };
  return here;
}

let here: Readonly<Record<string, unknown>> | undefined;

/** `2024-02-29 12:30:45` */
function pythonTime(date: Date): string {
  return date.toISOString().replace("T", " ").replace("Z", "000");
}

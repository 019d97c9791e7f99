import { dirname } from "node:path";
import type { Node } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { prepare } from "../values/prepare.ts";
import { playScope } from "../variables/play-scope.ts";
import type { Written } from "../written/written.ts";
import { readNodes } from "./read-nodes.ts";
import type { TaskReading } from "./read-task.ts";
import { readTasksFile } from "./tasks-file.ts";

/** The tasks of a file in place of the import, with all its keywords handed down to each. */
export function importTasks(task: TaskReading, here: Here): readonly Node[] {
  const { list, inside } = openImport(task, here);
  return readNodes(list, inside);
}

/** The list that an import names, and the place of what is in it. */
export function openImport({ written, call, here: within }: TaskReading, here: Here): { list: Written; inside: Here } {
  refuseLoop(written, "import_tasks");
  const file = fileIn(call, "import_tasks");
  const name = String(prepare(file).resolve(playScope(here)));
  const { path, list } = readTasksFile(name, file, here, false);
  if (here.within.includes(path)) {
    throw new InputError({ code: "playbook/import-cycle", message: `${name} imports itself`, place: file.place });
  }
  return { list, inside: enter({ ...within, frame: { ...within.frame, environment: here.frame.environment } }, path) };
}

/** What an import or include names. */
export function fileIn({ name, freeForm, params, written }: TaskReading["call"], action: string): Written {
  const unknown = [...params].find(([key]) => key !== "file" && key !== "apply");
  if (unknown) {
    const message = `${action} has no parameter ${JSON.stringify(unknown[0])}`;
    throw new InputError({
      code: "playbook/unknown-parameter",
      message,
      place: unknown[1].keyPlace,
      hint: "variables are given in `vars:`",
    });
  }
  if (action === "import_tasks" && params.has("apply")) {
    const message = "import_tasks hands its own keywords down, and has no `apply`";
    throw new InputError({ code: "playbook/unknown-parameter", message, place: written.place });
  }
  const file = freeForm ?? params.get("file");
  if (file && typeof file.value === "string" && file.value !== "") return file;
  throw new InputError({
    code: "playbook/missing-parameter",
    message: `${name} names no file`,
    place: written.keyPlace,
  });
}

export function refuseLoop(task: Written, action: string): void {
  const loop = task.entries.find(([key]) => key === "loop" || key.startsWith("with_"));
  if (!loop) return;
  const hint = `${action.replace("import", "include")} can be in a loop`;
  throw new InputError({
    code: "playbook/import-loop",
    message: `${action} cannot be in a loop`,
    place: loop[1].keyPlace,
    hint,
  });
}

/** The same place as seen from within another file. */
export function enter(here: Here, path: string): Here {
  const folders = here.frame.role ? [...here.frame.role.parents.toReversed().map((each) => each.path)] : [];
  const own = here.frame.role ? [here.frame.role.path, ...folders] : folders;
  const searchPath = [...new Set([...own, dirname(path)])];
  return { ...here, frame: { ...here.frame, searchPath }, within: [...here.within, path] };
}

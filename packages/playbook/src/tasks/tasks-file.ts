import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { InputError } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import { describe } from "../values/value-type.ts";
import type { Written } from "../written/written.ts";

/** A file of tasks that an import or include names, read. */
export function readTasksFile(
  name: string,
  asked: Written,
  here: Here,
  isInclude: boolean,
): { path: string; list: Written } {
  const candidates = tasksFileCandidates(name, here, isInclude);
  const path = candidates.find((each) => existsSync(each) && statSync(each).isFile());
  if (path === undefined) {
    throw new InputError({
      code: "playbook/no-file",
      message: `there is no file of tasks ${JSON.stringify(name)}`,
      place: asked.place,
      detail: `looked for at\n${candidates.map((each) => `  ${each}`).join("\n")}`,
    });
  }
  const list = here.reading.world.files.read(path, here.frame.role ? "last" : "refuse");
  if (list.value === null || Array.isArray(list.value)) return { path, list };
  throw new InputError({
    code: "playbook/tasks",
    message: `expected a list of tasks, found ${describe(list.value)}`,
    place: list.place,
  });
}

/** Beside the file that names it, or in the role's tasks/; an include looks in tasks/ first. */
function tasksFileCandidates(name: string, { frame, within, isHandler }: Here, isInclude: boolean): readonly string[] {
  const expanded = name.startsWith("~/") ? join(homedir(), name.slice(2)) : name;
  if (isAbsolute(expanded)) return [normalize(expanded)];
  const beside = within.toReversed().map((file) => join(dirname(file), name));
  const playbookDirectory = frame.play.directory;
  if (!frame.role)
    return [...new Set([...beside, join(playbookDirectory, name), join(playbookDirectory, "tasks", name)])];
  const { path } = frame.role;
  const own = join(path, isHandler ? "handlers" : "tasks", name);
  const first = isInclude ? [own, ...beside] : [...beside, own];
  return [...new Set([...first, join(path, "tasks", name), join(path, name), join(playbookDirectory, name)])];
}

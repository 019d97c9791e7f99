import { existsSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { InputError } from "@evenkeel/core";
import { UndefinedVariable } from "@evenkeel/template";
import { prepare } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import type { PlayFrame } from "./frame.ts";
import type { Layer } from "./layer.ts";
import { layerOf } from "./layer.ts";
import type { TaskScope } from "./task-scope.ts";
import type { World } from "./world.ts";

/**
 * The variables of a play's `vars_files`, as a host sees them: their names may be made of weaker variables and facts. What
 * cannot be named, because facts have not been gathered, is left out until it can.
 */
export function layersOfFiles(scope: TaskScope, play: PlayFrame): readonly Layer[] {
  const known = resolved.get(scope);
  if (known) return known;
  const layers: Layer[] = [];
  const base = scope.beforeTasks();
  // While a name is worked out, the files before it are all that there is.
  resolved.set(base, layers);
  for (const entry of play.varsFiles) {
    const found = firstFound(entry, base, [play.directory]);
    if (found === "none") throw noneOf(entry);
    if (found) layers.push(readVarsFile(found.path, scope.world));
  }
  resolved.set(scope, layers);
  return layers;
}

const resolved = new WeakMap<TaskScope, Layer[]>();

/** Reads a file of variables. */
export function readVarsFile(
  path: string,
  { files }: Pick<World, "files">,
  level: Layer["level"] = "play vars_files",
): Layer {
  const written = files.read(path, "last");
  const { value } = written;
  const isRight = value === null || isMapping(value) || (Array.isArray(value) && value.every(isMapping));
  if (isRight) return layerOf(level, value === null ? undefined : written);
  throw new InputError({
    code: "playbook/vars-file",
    message: "a file of variables is a mapping from names to values",
    place: written.place,
  });
}

/** Where a file of `vars_files` is, if it is there. */
function varsFilePath(name: string, searchPath: readonly string[]): string | undefined {
  if (isAbsolute(name)) return isFile(name) ? name : undefined;
  const paths = searchPath.flatMap((each) => (name.startsWith("vars/") ? [each] : [join(each, "vars"), each]));
  return paths.map((each) => join(each, name)).find(isFile);
}

/** Undefined when a name cannot be told, as facts are not known yet. */
function firstFound(
  entry: Written,
  scope: TaskScope,
  folders: readonly string[],
): { readonly path: string } | "none" | undefined {
  let isTold = true;
  for (const each of Array.isArray(entry.value) ? entry.items : [entry]) {
    const name = nameOf(each, scope);
    const path = name === undefined ? undefined : varsFilePath(name, folders);
    if (path !== undefined) return { path };
    isTold &&= name !== undefined;
  }
  return isTold ? "none" : undefined;
}

function noneOf(entry: Written): InputError {
  const names = (Array.isArray(entry.value) ? entry.value : [entry.value]).map((each) => JSON.stringify(each));
  return new InputError({
    code: "playbook/no-vars-file",
    message:
      names.length === 1
        ? `there is no file of variables ${names[0]}`
        : `there is none of the files of variables ${names.join(", ")}`,
    place: entry.place,
  });
}

function nameOf(written: Written, scope: TaskScope): string | undefined {
  try {
    return String(prepare(written).resolve(scope));
  } catch (error) {
    if (error instanceof UndefinedVariable) return undefined;
    throw error;
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

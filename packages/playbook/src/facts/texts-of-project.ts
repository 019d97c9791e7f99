import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Seen, SeenTask } from "../seen.ts";
import { hasTemplate } from "../values/prepare.ts";
import type { World } from "../variables/world.ts";

const playFolders = ["tasks", "handlers", "vars", "defaults", "templates", "files", "group_vars", "host_vars"];

/** Nobody writes a template of this size; what is as large is handed on as it is. */
const TOO_LARGE = 1024 * 1024;

/** All texts in which a playbook may name facts: what was read, and what may still be read when it runs. */
export function* textsOfProject({ files, options, playbookDirectory, extraVars }: World, seen: Seen): Iterable<string> {
  const playDirectories = [playbookDirectory, ...seen.plays.map(({ frame }) => frame.play.directory)];
  const inventories = options.inventorySources.flatMap(filesOf);
  if (inventories.some(isProgram) || seen.tasks.some(isAnywhere)) yield "{{ ansible_facts }}";
  for (const { value } of extraVars.entries.values()) yield JSON.stringify(value) ?? "";
  const paths = [
    ...files.paths,
    ...[...seen.rolePaths].flatMap(below),
    ...playDirectories.flatMap((each) => [...filesIn(each), ...playFolders.flatMap((name) => below(join(each, name)))]),
    ...inventories.filter((each) => !isProgram(each)),
  ];
  for (const path of new Set(paths.map((each) => resolve(each)))) if (isText(path)) yield files.plainText(path);
}

/** It includes something whose name is only known when it runs, and that need not be in one of the usual folders. */
function isAnywhere({ call: { name, params, freeForm }, frame }: SeenTask): boolean {
  if (name !== "include_role" && (name !== "include_tasks" || frame.role)) return false;
  return [freeForm, params.get("name"), params.get("role"), params.get("file")].some((each) =>
    hasTemplate(each?.value),
  );
}

function filesOf(source: string): readonly string[] {
  if (isFolder(source)) return below(source);
  const beside = ["group_vars", "host_vars"].flatMap((name) => below(join(dirname(source), name)));
  return existsSync(source) ? [source, ...beside] : [];
}

function isProgram(path: string): boolean {
  return (statSync(path).mode & 0o111) !== 0;
}

function below(folder: string): readonly string[] {
  if (!isFolder(folder)) return existsSync(folder) ? [folder] : [];
  return entriesOf(folder).flatMap(below);
}

function filesIn(folder: string): readonly string[] {
  return entriesOf(folder).filter((path) => existsSync(path) && !isFolder(path));
}

/** What is hidden, such as `.git`, is no part of a playbook. */
function entriesOf(folder: string): readonly string[] {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  return paths.filter((path) => !basename(path).startsWith("."));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isText(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size < TOO_LARGE;
}

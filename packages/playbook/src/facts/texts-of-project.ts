import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Seen } from "../seen.ts";
import type { World } from "../variables/world.ts";

/** All texts in which a playbook may name facts: what was read, and what may still be read when it runs. */
export function* textsOfProject({ files, options, playbookDirectory }: World, seen: Seen): Iterable<string> {
  yield* files.texts;
  const roles = new Set(
    seen.plays.flatMap(({ tasks }) => tasks.flatMap(({ frame: { role } }) => (role ? [role.path] : []))),
  );
  const besidePlays = new Set([playbookDirectory, ...seen.plays.map(({ frame }) => frame.play.directory)]);
  const inventories = new Set(options.inventorySources.filter((each) => existsSync(each)).map(folderOf));
  for (const role of roles) yield* textsBelow(role, ["tasks", "handlers", "defaults", "vars", "templates", "meta"]);
  for (const folder of besidePlays)
    yield* textsBelow(folder, ["tasks", "vars", "templates", "group_vars", "host_vars"]);
  for (const folder of inventories) yield* textsBelow(folder, ["group_vars", "host_vars"]);
  for (const source of options.inventorySources)
    if (existsSync(source) && statSync(source).isFile()) yield readFileSync(source, "utf8");
}

function folderOf(source: string): string {
  return statSync(source).isDirectory() ? source : dirname(source);
}

function* textsBelow(folder: string, names: readonly string[]): Iterable<string> {
  for (const name of names) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    if (statSync(path).isFile()) yield readFileSync(path, "utf8");
    else yield* textsBelow(path, readdirSync(path));
  }
}

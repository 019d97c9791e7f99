import { dirname } from "node:path";
import { closest } from "@evenkeel/core";
import type { Heritage, Keywords } from "../keywords/heritage.ts";
import { keywordsOf } from "../keywords/keyword-table.ts";
import { readKeywords } from "../keywords/read-keywords.ts";
import type { Here } from "../reading.ts";
import { describe, flag, texts } from "../values/value-type.ts";
import type { RoleFrame } from "../variables/frame.ts";
import type { Layer } from "../variables/layer.ts";
import { layerOf } from "../variables/layer.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import type { FoundRole } from "./find-role.ts";
import { findRole, knownRoles, roleCandidates } from "./find-role.ts";
import { roleFiles } from "./role-files.ts";
import type { ArgumentSpec, RoleFile, RoleUse } from "./role-use.ts";
import { variablesOf } from "./variables-of.ts";

/** What is asked of a role where it is used. */
export interface RoleRequest {
  readonly name: string;
  readonly written: Written;
  readonly keywords: Keywords;
  readonly params: Layer;
  readonly given: Layer;
  /** `tasks_from` and its like, without `_from`. */
  readonly from?: Readonly<Partial<Record<"tasks" | "vars" | "defaults" | "handlers", string>>>;
  readonly isIncluded: boolean;
  readonly mayRepeat?: boolean;
  readonly validates?: boolean;
}

/** Finds a role and reads what it says of itself. Undefined, with a mistake added, when it is not there. */
export function useRole(request: RoleRequest, here: Here): RoleUse | undefined {
  const { name, written, keywords, params, given, from = {} } = request;
  const parent = here.frame.role;
  const collections = [...(parent?.collection ? [parent.collection] : []), ...collectionsOf(here.heritage)];
  const folders = { ...here.reading.folders, playbook: here.frame.play.directory };
  const asking = { folders, collections, ...(parent && { beside: dirname(parent.path) }) };
  const found = findRole(name, asking);
  if (found === undefined) {
    here.reading.mistakes.add({
      code: "no-role",
      message: `there is no role ${JSON.stringify(name)}`,
      place: written.place,
      ...hintFor(name, here),
      detail: `looked for at\n${roleCandidates(name, asking)
        .map((each) => `  ${each}`)
        .join("\n")}`,
    });
    return undefined;
  }
  if (isWithinItself(found, here, from.tasks)) {
    here.reading.mistakes.add({
      code: "role-cycle",
      message: `the role ${name} depends on itself`,
      place: written.place,
    });
    return undefined;
  }
  here.reading.seen?.rolePaths.add(found.path);
  const meta = readOne(roleFiles(found.path, "meta")[0], here);
  const dependencies: RoleFrame[] = [];
  const frame: RoleFrame = {
    ...found,
    defaults: variablesOf(found.path, "defaults", from.defaults, here),
    vars: variablesOf(found.path, "vars", from.vars, here),
    given,
    params,
    parents: parent ? [...parent.parents, parent] : [],
    dependencies,
  };
  const heritage = here.heritage.with(keywords);
  const uses = dependenciesOf(meta, { ...here, heritage, frame: { ...here.frame, role: frame } });
  dependencies.push(...uses.flatMap((each) => [...each.frame.dependencies, each.frame]));
  return {
    frame,
    heritage,
    tasks: fileOf(found, "tasks", request, here),
    handlers: fileOf(found, "handlers", request, here),
    dependencies: uses,
    mayRepeat: request.mayRepeat ?? flag.read(meta?.get("allow_duplicates")?.value ?? false) ?? false,
    identity: identityOf(found, request),
    argumentSpec: request.validates === false ? undefined : specOf(found, meta, from.tasks ?? "main", here),
    written,
  };
}

/** An entry of `roles:` or of a role's `dependencies`. */
export function readRoleEntry(entry: Written, name: string, here: Here): RoleRequest {
  const keywordForms = keywordsOf("role");
  const own = entry.entries.filter(([key]) => key !== "role" && key !== "name");
  const keywords = readKeywords(
    own.filter(([key]) => Object.hasOwn(keywordForms, key)),
    "role",
    here.reading.mistakes,
  );
  const params = new Map(own.filter(([key]) => !Object.hasOwn(keywordForms, key)));
  return {
    name,
    written: entry.get("role") ?? entry.get("name") ?? entry,
    keywords,
    params: { level: "role parameters", entries: params },
    given: layerOf("role vars", keywords.get("vars")),
    isIncluded: false,
  };
}

/** The name of the role that an entry of a list is about. */
export function roleNameIn(entry: Written): string | undefined {
  const { value } = entry;
  if (typeof value === "string" || typeof value === "number") return String(value);
  const name = (entry.get("role") ?? entry.get("name"))?.value;
  if (typeof name === "string") return name;
  const source = entry.get("src")?.value;
  return typeof source === "string"
    ? source
        .split("/")
        .at(-1)
        ?.replace(/\.(git|tar\.gz)$/, "")
    : undefined;
}

function dependenciesOf(meta: Written | undefined, here: Here): readonly RoleUse[] {
  const list = meta?.get("dependencies");
  return (list?.items ?? []).flatMap((entry) => {
    const name = roleNameIn(entry);
    if (name !== undefined) return useRole(readRoleEntry(entry, name, here), here) ?? [];
    here.reading.mistakes.add({
      code: "role",
      message: `expected a role, found ${describe(entry.value)}`,
      place: entry.place,
    });
    return [];
  });
}

function fileOf(
  found: FoundRole,
  folder: "tasks" | "handlers",
  { from = {}, written }: RoleRequest,
  here: Here,
): RoleFile | undefined {
  const name = from[folder];
  const [path] = roleFiles(found.path, folder, name);
  if (path === undefined) {
    if (name !== undefined) {
      const message = `the role ${found.name} has no ${folder}/${name}`;
      here.reading.mistakes.add({ code: "no-file", message, place: written.place });
    }
    return undefined;
  }
  const list = readOne(path, here);
  if (list === undefined || list.value === null) return undefined;
  if (Array.isArray(list.value)) return { path, list };
  here.reading.mistakes.add({
    code: "tasks",
    message: `expected a list of tasks, found ${describe(list.value)}`,
    place: list.place,
  });
  return undefined;
}

/** Reads a file of a role's, in which what is said twice is no mistake of whoever uses it. */
function readOne(path: string | undefined, { reading }: Here): Written | undefined {
  if (path === undefined) return undefined;
  try {
    return reading.world.files.read(path, "last");
  } catch (error) {
    reading.mistakes.catch(error);
    return undefined;
  }
}

function specOf(found: FoundRole, meta: Written | undefined, entry: string, here: Here): ArgumentSpec | undefined {
  const [own] = roleFiles(found.path, "meta", "argument_specs");
  const specs = (own === undefined ? meta : readOne(own, here))?.get("argument_specs");
  const written = specs?.get(entry.replace(/\.(yml|yaml)$/, "")) ?? specs?.get(entry);
  return written && isMapping(written.value) ? { entry, written } : undefined;
}

function identityOf({ fullName, path }: FoundRole, { keywords, params, from, isIncluded }: RoleRequest): string {
  const said = ["when", "tags", "vars"].map((name) => keywords.get(name)?.value ?? null);
  const values = [...params.entries].map(([name, { value }]) => [name, value]);
  return JSON.stringify([fullName, path, said, values, from ?? {}, isIncluded]);
}

function isWithinItself({ path }: FoundRole, { frame: { role }, reading }: Here, tasks: string | undefined): boolean {
  const chain = role ? [...role.parents, role] : [];
  const times = chain.filter((each) => each.path === path).length;
  return times > (tasks === undefined && !reading.isRunning ? 0 : 20);
}

/** The nearest `collections:` says where roles are looked for as well. */
function collectionsOf(heritage: Heritage): readonly string[] {
  const [nearest] = heritage.all("collections");
  return nearest ? (texts.read(nearest.value) ?? []) : [];
}

function hintFor(name: string, { reading: { folders } }: Here): { hint?: string } {
  const near = closest(name, knownRoles(folders));
  return near ? { hint: near } : {};
}

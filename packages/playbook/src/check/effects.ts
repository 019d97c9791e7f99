import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Scope, Task } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { taskScope } from "../values/open.ts";
import { hasTemplate } from "../values/prepare.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import { readVarsFile } from "../variables/vars-files.ts";
import { isMapping } from "../written/written.ts";
import type { CheckedHost } from "./checked-host.ts";
import { notYet } from "./checked-host.ts";
import type { Verdict } from "./findings.ts";
import { isOpen } from "./findings.ts";

/** What a host's later tasks will know because of a task: as far as it can be told, its values, else only their names. */
export function learnFrom(task: Task, scope: Scope, host: CheckedHost, verdict: Verdict): void {
  const { remembers } = task.module;
  if (remembers === "facts") learnFacts(task, host);
  else if (remembers === "setFacts" || remembers === "included")
    learnVariables(task, taskScope(scope), host, verdict, remembers);
  else if (remembers === "hosts") host.mayKnowAnything ||= task.module.name === "group_by";
}

/** Facts whose names modules are known to give; others may be any. */
const factNames: Readonly<Record<string, readonly string[]>> = {
  service_facts: ["services"],
  package_facts: ["packages"],
};

function learnFacts(task: Task, host: CheckedHost): void {
  host.learnFacts();
  const name = String(task.module.name);
  const own = factNames[name];
  if (own) host.learn("facts", own);
  else if (name === "getent") host.learn("facts", [`getent_${String(paramOf(task, "database"))}`]);
  else if (name !== "setup") host.mayKnowAnything = true;
}

function learnVariables(
  task: Task,
  scope: TaskScope,
  host: CheckedHost,
  verdict: Verdict,
  record: "setFacts" | "included",
): void {
  try {
    const params = task.params.resolve(scope);
    const result = task.module.result?.({ before: {}, after: {}, changes: [], outputs: [] }, params);
    const values = result?.ansible_facts;
    if (!isMapping(values) || values instanceof Map) return;
    for (const [name, value] of Object.entries(values)) host.memory[record][name] = verdict === "yes" ? value : notYet;
  } catch (error) {
    if (!isOpen(error) && !(error instanceof InputError)) throw error;
    const names = record === "setFacts" ? namesSet(task) : namesIncluded(task, scope);
    if (names === undefined) host.mayKnowAnything = true;
    else host.learn(record, names);
  }
}

/** undefined when a template makes some of them. */
function namesSet({ params: { source } }: Task): readonly string[] | undefined {
  const names = isMapping(source) && !(source instanceof Map) ? Object.keys(source) : [];
  return names.some(hasTemplate) ? undefined : names;
}

/** All names in the files that a task may mean; undefined when there is no telling. */
function namesIncluded(task: Task, scope: TaskScope): readonly string[] | undefined {
  const holder = paramOf(task, "name");
  if (typeof holder === "string") return hasTemplate(holder) ? undefined : [holder];
  const texts = textsIn([task.params.source, task.loop?.items.source]);
  const files = texts.flatMap((each) => filesLike(each, scope));
  if (files.length === 0) return undefined;
  return files.flatMap((file) => namesIn(file, scope));
}

function namesIn(file: string, scope: TaskScope): readonly string[] {
  try {
    return [...readVarsFile(file, scope.world).entries.keys()];
  } catch (error) {
    if (error instanceof InputError || error instanceof AggregateError) return [];
    throw error;
  }
}

/** The files of variables whose names a text with templates in it could come to. */
function filesLike(text: string, { frame, playbookDirectory }: TaskScope): readonly string[] {
  const pattern = text.replace(/\{\{.*?\}\}/gs, "*").trim();
  if (!/[\w]/.test(pattern.replace(/\.(ya?ml|json)$/, "")) && !/\.(ya?ml|json)$/.test(pattern)) return [];
  const folders = [...(frame?.searchPath ?? []), playbookDirectory].flatMap((each) => [join(each, "vars"), each]);
  const matches = new RegExp(
    `^${
      pattern
        .split("/")
        .at(-1)
        ?.replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*") ?? ""
    }$`,
  );
  const below = dirname(pattern).includes("*") ? "." : dirname(pattern);
  return folders.flatMap((folder) =>
    entriesOf(join(folder, below))
      .filter((name) => matches.test(name))
      .map((name) => join(folder, below, name)),
  );
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
      each.isFile() && /\.(ya?ml|json)$/.test(each.name) ? [each.name] : [],
    );
  } catch {
    // A folder that is not there has no files.
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isMapping(value)) return [];
  return (value instanceof Map ? [...value.values()] : Object.values(value)).flatMap(textsIn);
}

function paramOf({ params: { source } }: Task, name: string): unknown {
  return isMapping(source) && !(source instanceof Map) ? source[name] : undefined;
}

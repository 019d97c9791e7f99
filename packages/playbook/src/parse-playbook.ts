import type { AnyModule, Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Node, Pair, YAMLMap } from "yaml";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { closest } from "./closest.ts";
import type { Play, Task } from "./playbook.ts";

const playKeys = ["name", "hosts", "become", "tasks"];
const taskKeys = ["name"];

/** Reads a playbook, and checks it against the modules there are. Every mistake is collected before it throws. */
export async function parsePlaybook(
  text: string,
  file: string,
  modules: ReadonlyMap<string, AnyModule>,
): Promise<readonly Play[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: "1.1", uniqueKeys: true });
  const mistakes: InputError[] = [];
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const place = (node: unknown): Place => placeAt((node as Node | undefined)?.range?.[0] ?? 0);
  const wrong = (node: unknown, code: string, message: string, hint?: string) => {
    mistakes.push(new InputError({ code: `playbook/${code}`, message, place: place(node), ...(hint && { hint }) }));
  };
  for (const { message, pos } of document.errors) {
    mistakes.push(
      new InputError({ code: "playbook/yaml", message: message.split("\n")[0] ?? message, place: placeAt(pos[0]) }),
    );
  }
  const plays: Play[] = [];
  if (mistakes.length === 0) {
    if (isSeq(document.contents)) for (const item of document.contents.items) plays.push(readPlay(item));
    else wrong(document.contents, "not-a-list", "a playbook is a list of plays");
  }
  const checked = mistakes.length === 0 ? await checkParameters(plays, mistakes) : plays;
  if (mistakes.length > 0) throw new AggregateError(mistakes, "the playbook has mistakes");
  return checked;

  function readPlay(node: unknown): Play {
    const keys = fields(node, "a play", playKeys);
    const tasks = keys.get("tasks")?.value;
    if (!keys.has("hosts")) wrong(node, "no-hosts", "a play needs `hosts`");
    if (tasks !== undefined && !isSeq(tasks)) wrong(tasks, "not-a-list", "`tasks` is a list of tasks");
    return {
      name: scalar(keys.get("name")?.value) ?? scalar(keys.get("hosts")?.value) ?? "",
      hosts: scalar(keys.get("hosts")?.value) ?? "",
      become: isTrue(keys.get("become")?.value),
      tasks: isSeq(tasks) ? tasks.items.flatMap((item) => readTask(item) ?? []) : [],
      place: place(node),
    };
  }

  function readTask(node: unknown): Task | undefined {
    const keys = fields(node, "a task", [...taskKeys, ...modules.keys()]);
    const called = [...keys].filter(([key]) => modules.has(key));
    const [key, pair] = called[0] ?? [];
    const module = modules.get(key ?? "");
    if (called.length !== 1 || module === undefined || pair === undefined) {
      if (keys.size > 0) wrong(node, "one-module", `a task calls one module; this calls ${called.length}`);
      return undefined;
    }
    const params = isMap(pair.value) ? ((pair.value as YAMLMap).toJSON() as Record<string, unknown>) : {};
    return {
      name: scalar(keys.get("name")?.value) ?? module.name,
      module,
      params,
      place: place(pair.value ?? pair.key),
    };
  }

  function fields(node: unknown, what: string, allowed: readonly string[]): Map<string, Pair> {
    if (!isMap(node)) {
      wrong(node, "not-a-map", `${what} is a map of keys and values`);
      return new Map();
    }
    const found = new Map<string, Pair>();
    for (const pair of node.items) {
      const key = scalar(pair.key) ?? "";
      if (allowed.includes(key)) found.set(key, pair);
      else wrong(pair.key, "unknown-key", `${what} has no key ${JSON.stringify(key)}`, closest(key, allowed));
    }
    return found;
  }
}

function scalar(node: unknown): string | undefined {
  return isScalar(node) ? String(node.value) : undefined;
}

function isTrue(node: unknown): boolean {
  return isScalar(node) && node.value === true;
}

async function checkParameters(plays: readonly Play[], mistakes: InputError[]): Promise<readonly Play[]> {
  const { checkParams } = await import("./check-params.ts");
  return plays.map((play) => ({
    ...play,
    tasks: play.tasks.map((task) => {
      const { params, problems } = checkParams(task.module, task.params);
      for (const problem of problems)
        mistakes.push(new InputError({ code: "playbook/parameter", place: task.place, ...problem }));
      return { ...task, params };
    }),
  }));
}

import type { Loop, Open } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import { pluginName } from "@evenkeel/template";
import type { Here } from "../reading.ts";
import { openConditions } from "../values/condition.ts";
import { open, openKeyword, readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { describe, flag, number, text } from "../values/value-type.ts";
import { inventoryLookupNames } from "../variables/inventory-lookups.ts";
import { playScope } from "../variables/play-scope.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";

/** `loop:`, or one of the `with_…`, and `loop_control:`. */
export function readLoop(task: Written, here: Here, action: string): Loop | undefined {
  const { mistakes } = here.reading;
  const own = task.entries.filter(([key, { value }]) => (key === "loop" || key.startsWith("with_")) && value !== null);
  const control = readControl(task.get("loop_control"), here);
  const [first, second] = own;
  if (first === undefined) return undefined;
  if (second) {
    mistakes.add({
      code: "two-loops",
      message: `a task has one loop; this one has ${first[0]} and ${second[0]}`,
      place: second[1].keyPlace,
    });
  }
  const [key, written] = first;
  return {
    items: key === "loop" ? openList(written) : openLookup(lookupFor(key, written, here), written, action),
    ...control,
  };
}

function lookupFor(key: string, written: Written, { reading }: Here): string {
  const lookups = [...reading.world.templates.BUILTIN_NAMES.lookups, ...inventoryLookupNames];
  const name = pluginName(key.slice("with_".length));
  if (lookups.includes(name)) return name;
  const hint = closest(key, ["loop", ...lookups.map((each) => `with_${each}`)]);
  const message = `there is no ${key}: no lookup is called ${name}`;
  throw new InputError({ code: "playbook/unknown-lookup", message, place: written.keyPlace, ...(hint && { hint }) });
}

function openList(written: Written): Open<readonly unknown[]> {
  const prepared = prepare(written);
  if (prepared.isStatic && !Array.isArray(prepared.value)) throw noList(prepared.value, written);
  return open(written.value, (scope) => {
    const value = prepared.resolve(scope);
    if (Array.isArray(value)) return value;
    throw noList(value, written);
  });
}

function noList(value: unknown, written: Written): InputError {
  const hint = typeof value === "object" && value !== null ? "make it a list with a filter: | dict2items" : undefined;
  return new InputError({
    code: "playbook/loop",
    message: `loop: expected a list, found ${describe(value)}`,
    place: written.place,
    ...(hint && { hint }),
  });
}

/** `with_x: terms` is what the lookup x makes of the terms. */
function openLookup(name: string, written: Written, action: string): Open<readonly unknown[]> {
  const prepared = prepare(written);
  const folder = name === "first_found" ? `, subdir="${folderFor(action)}"` : "";
  const source = `query(ansible_lookup_name, *ansible_lookup_terms${folder})`;
  return open({ [`with_${name}`]: written.value }, (scope) => {
    const terms = prepared.resolve(scope);
    const listed = scope.with({
      ansible_lookup_name: name,
      ansible_lookup_terms: Array.isArray(terms) ? terms : [terms],
    });
    const query = scope.world.templates.compileExpression(source, { place: written.place });
    return query.evaluate(listed, scope.environment) as readonly unknown[];
  });
}

/** Where the first file is looked for depends on what it is for. */
function folderFor(action: string): string {
  return `${["template", "var", "file"].find((each) => action.includes(each)) ?? "file"}s`;
}

type Control = Omit<Loop, "items">;

const words = ["loop_var", "index_var", "label", "pause", "extended", "extended_allitems", "break_when"];

function readControl(written: Written | undefined, here: Here): Control {
  for (const [key, value] of written?.entries ?? []) {
    if (words.includes(key)) continue;
    const hint = closest(key, words);
    const message = `loop_control has no keyword ${JSON.stringify(key)}`;
    here.reading.mistakes.add({ code: "unknown-keyword", message, place: value.keyPlace, ...(hint && { hint }) });
  }
  const of = (key: string) => {
    const found = written?.get(key);
    return found?.value === null ? undefined : found;
  };
  const [loopVar, indexVar, label, pause, extended, breakWhen] = [
    of("loop_var"),
    of("index_var"),
    of("label"),
    of("pause"),
    of("extended"),
    of("break_when"),
  ];
  return {
    variable: loopVar ? nameFrom(loopVar, "loop_var", here) : "item",
    ...(indexVar && { indexVariable: nameFrom(indexVar, "index_var", here) }),
    ...(label && { label: openLabel(label) }),
    ...(pause && { pauseSeconds: openKeyword({ name: "pause", written: pause }, number, 0) }),
    isExtended:
      extended !== undefined &&
      readAs(prepare(extended).resolve(playScope(here)), { name: "extended", written: extended }, flag),
    ...(breakWhen && { breakWhen: openConditions(breakWhen) }),
  };
}

function openLabel(written: Written): Open<unknown> {
  const prepared = prepare(written);
  return open(written.value, (scope: TaskScope) => prepared.resolve(scope));
}

function nameFrom(written: Written, name: string, here: Here): string {
  const found = readAs(prepare(written).resolve(playScope(here)), { name, written }, text);
  if (/^[A-Za-z_]\w*$/.test(found)) return found;
  throw new InputError({
    code: "playbook/variable-name",
    message: `${name}: ${describe(found)} is no name for a variable`,
    place: written.place,
  });
}

import type { Handler, Include, Play, Scope, Task } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { taskScope } from "../values/open.ts";

/** A task's result, as it is registered. */
export type Result = Record<string, unknown>;

export function batches(hosts: readonly string[], sizes: Play["serial"]): readonly (readonly string[])[] {
  if (sizes.length === 0) return hosts.length > 0 ? [hosts] : [];
  const found: string[][] = [];
  for (let at = 0; at < hosts.length; ) {
    const size = sizes[Math.min(found.length, sizes.length - 1)] ?? 1;
    const count = typeof size === "number" ? size : Math.floor((hosts.length * Number.parseFloat(size)) / 100) || 1;
    found.push(hosts.slice(at, at + count));
    at += count;
  }
  return found;
}

export function overlayOf(scope: Scope): Record<string, unknown> {
  return { ...taskScope(scope).overlay };
}

export function isNamed({ name, role }: Handler, wanted: string, scope: Scope): boolean {
  try {
    const own = name.resolve(scope);
    return own !== "" && (own === wanted || `${role} : ${own}` === wanted);
  } catch {
    return false;
  }
}

export function nameOn(task: Task, scope: Scope): string {
  try {
    return task.name.resolve(scope).trim();
  } catch {
    return String(task.name.source);
  }
}

export function labelOf(task: Task, scope: Scope, item: unknown): unknown {
  return task.loop?.label ? task.loop.label.resolve(scope) : item;
}

export function itemsOf(task: Task | Include, scope: Scope, isLeftOut?: (scope: Scope) => boolean) {
  const { loop } = task;
  if (loop === undefined) return [{ own: scope, item: undefined }];
  let items: readonly unknown[];
  try {
    items = loop.items.resolve(scope);
  } catch (error) {
    if (!isLeftOut?.(scope)) throw error;
    return [];
  }
  const { length } = items;
  return items.map((item, index) => {
    const extended = {
      ...{ index: index + 1, index0: index, first: index === 0, last: index + 1 === length, length, allitems: items },
      ...{ revindex: length - index, revindex0: length - index - 1 },
      ...(index + 1 < length && { nextitem: items[index + 1] }),
      ...(index > 0 && { previtem: items[index - 1] }),
    };
    const own = scope.with({
      [loop.variable]: item,
      ansible_loop_var: loop.variable,
      ...(loop.indexVariable !== undefined && { [loop.indexVariable]: index }),
      ...(loop.isExtended && { ansible_loop: extended }),
    });
    return { own, item };
  });
}

export function together(results: readonly Result[]): Result {
  const isSkipped = results.every(({ skipped }) => skipped);
  return {
    results,
    changed: results.some(({ changed }) => changed),
    ...(isSkipped && { skipped: true }),
    ...(results.some(({ failed }) => failed) && { failed: true }),
  };
}

export function run(task: Task, scope: Scope, host: string): Result {
  try {
    const made = { before: {}, after: {}, changes: [], outputs: [] };
    const result: Result = { changed: false, failed: false, ...task.module.result?.(made, task.params.resolve(scope)) };
    return result.add_host ? { ...result, add_host: { name: host, ...(result.add_host as Result) } } : result;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { changed: false, failed: true, msg: error.message };
  }
}

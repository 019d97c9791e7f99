import type { Block, Node } from "@evenkeel/core";
import type { Heritage } from "../keywords/heritage.ts";
import { readKeywords } from "../keywords/read-keywords.ts";
import { refuseKeywords } from "../keywords/refused-keywords.ts";
import type { Here } from "../reading.ts";
import { tagsOf } from "../tags/tags-of.ts";
import { describe } from "../values/value-type.ts";
import { checkedVars } from "../variables/checked-vars.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { readTask } from "./read-task.ts";

/** A list of tasks and blocks, without those that are not selected. */
export function readNodes(list: Written | undefined, here: Here): readonly Node[] {
  return (list?.items ?? []).flatMap((item) => readNode(item, here));
}

export function isBlock(item: Written): boolean {
  return ["block", "rescue", "always"].some((part) => item.get(part) !== undefined);
}

/** What is said of something whose mistakes are collected, and that is left out when it has one. */
export function readOrLeave<T>(item: Written, here: Here, read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    here.reading.mistakes.catch(error);
    here.reading.seen?.lose(item);
    return [];
  }
}

function readNode(item: Written, here: Here): readonly Node[] {
  if (isMapping(item.value))
    return readOrLeave(item, here, () => (isBlock(item) ? readBlock(item, here) : readTask(item, here)));
  here.reading.mistakes.add({
    code: "task",
    message: `expected a task, found ${describe(item.value)}`,
    place: item.place,
  });
  return [];
}

function readBlock(item: Written, here: Here): readonly Block[] {
  const keywords = readKeywords(item.entries, "block", here.reading.mistakes);
  refuseKeywords(keywords, here.reading.mistakes);
  const heritage = here.heritage.with(keywords);
  const vars = checkedVars("block vars", keywords.get("vars"), here.reading.mistakes);
  const frame = {
    ...here.frame,
    taskVars: vars.entries.size > 0 ? [...here.frame.taskVars, vars] : here.frame.taskVars,
  };
  const within: Here = { ...here, heritage, frame };
  const part = (name: string) => readNodes(keywords.get(name), within);
  if (!item.get("block")) {
    const message = "a block needs `block:`, beside `rescue:` and `always:`";
    here.reading.mistakes.add({ code: "block", message, place: item.place });
  }
  const [nodes, rescue, always] = [part("block"), part("rescue"), part("always")];
  if (nodes.length + rescue.length + always.length === 0) return [];
  const name = keywords.get("name")?.value;
  return [{ node: "block", name: typeof name === "string" ? name : "", place: item.place, nodes, rescue, always }];
}

export function tagSet(heritage: Heritage, here: Here): ReadonlySet<string> {
  return new Set(heritage.all("tags").flatMap((written) => tagsOf(written, here)));
}

import type { Meta } from "@evenkeel/core";
import { closest } from "@evenkeel/core";
import { flag } from "../values/value-type.ts";
import { openName, scopeFor, whenOf } from "./build-task.ts";
import { idOf } from "./node-id.ts";
import { openInherited } from "./open-keywords.ts";
import type { TaskReading } from "./read-task.ts";

const actions: readonly Meta["action"][] = [
  "flush_handlers",
  "clear_facts",
  "clear_host_errors",
  "end_host",
  "end_play",
  "end_batch",
  "end_role",
  "refresh_inventory",
  "reset_connection",
  "noop",
];

/** `meta: …` */
export function readMeta({ written, call, here }: TaskReading): Meta | undefined {
  const { mistakes, world } = here.reading;
  const said = String(call.freeForm?.value ?? "").trim();
  const action = actions.find((each) => each === said);
  if (action === undefined) {
    const hint = closest(said, actions) ?? `one of ${actions.join(", ")}`;
    mistakes.add({
      code: "meta",
      message: `meta has no action ${JSON.stringify(said)}`,
      place: call.written.place,
      hint,
    });
    return undefined;
  }
  const { role } = here.frame;
  if (action === "end_role" && (here.isHandler || !role)) {
    mistakes.add({ code: "meta", message: "end_role ends a role, and stands in none", place: call.written.place });
    return undefined;
  }
  return {
    node: "meta",
    id: idOf(written, here),
    name: openName(here.heritage.keywords.get("name"), `meta ${action}`, here.frame),
    place: written.place,
    action,
    ...(action === "end_role" && role && { role: roleId(role) }),
    // As in Ansible, handlers are flushed for all or for none.
    when: action === "flush_handlers" || action === "refresh_inventory" ? [] : whenOf(here.heritage),
    runsOnce: openInherited(here.heritage, "run_once", flag, false),
    scope: scopeFor(world, here.frame),
  };
}

/** Names one use of a role. */
export function roleId({
  fullName,
  path,
  parents,
}: {
  fullName: string;
  path: string;
  parents: readonly { fullName: string }[];
}): string {
  return [...parents.map((each) => each.fullName), fullName, path].join(" ");
}

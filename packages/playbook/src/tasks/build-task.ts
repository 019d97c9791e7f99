import type { AnyModule, HostMemory, Open, Scope, Task, Until } from "@evenkeel/core";
import type { Heritage } from "../keywords/heritage.ts";
import { openParams } from "../params/open-params.ts";
import type { Here } from "../reading.ts";
import { openConditions } from "../values/condition.ts";
import { fixed, open, openKeyword } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { flag, number, text, texts, wholeNumber } from "../values/value-type.ts";
import type { Frame } from "../variables/frame.ts";
import { TaskScope } from "../variables/task-scope.ts";
import type { World } from "../variables/world.ts";
import type { Written } from "../written/written.ts";
import type { Call } from "./find-call.ts";
import { idOf } from "./node-id.ts";
import { openBecome, openEnvironment, openInherited, openOptional } from "./open-keywords.ts";
import { readLoop } from "./read-loop.ts";

interface Parts {
  readonly written: Written;
  readonly call: Call & { readonly module: AnyModule };
  /** The task's keywords and all around it. */
  readonly heritage: Heritage;
  readonly frame: Frame;
  readonly here: Here;
}

/** A task as the engine takes it: all that is handed down is its own. */
export function buildTask({ written, call, heritage, frame, here }: Parts): Task {
  const { world } = here.reading;
  const { keywords } = heritage;
  const register = keywords.get("register");
  const loop = readLoop(written, here, call.name);
  const until = readUntil(heritage);
  const conditions = (name: string) => {
    const said = keywords.get(name);
    return said && openConditions(said);
  };
  const changedWhen = conditions("changed_when");
  const failedWhen = conditions("failed_when");
  const checkMode = openOptional(heritage, "check_mode", flag);
  const showsDiff = openOptional(heritage, "diff", flag);
  const delegateTo = openDelegate(call, heritage, world);
  const throttle = openOptional(heritage, "throttle", wholeNumber);
  const timeoutSeconds = openOptional(heritage, "timeout", wholeNumber);
  const background = readBackground(heritage);
  return {
    node: "task",
    id: idOf(written, here),
    name: openName(keywords.get("name"), call.said, frame),
    place: written.place,
    module: call.module,
    params: openParams({ call, heritage, here }),
    when: whenOf(heritage),
    ...(loop && { loop }),
    runsOnce: openInherited(heritage, "run_once", flag, false),
    scope: scopeFor(world, frame),
    ...(register && { register: String(register.value) }),
    ...(changedWhen && { changedWhen }),
    ...(failedWhen && { failedWhen }),
    ...(until && { until }),
    ignoresErrors: openInherited(heritage, "ignore_errors", flag, false),
    ignoresUnreachable: openInherited(heritage, "ignore_unreachable", flag, false),
    isSilent: openInherited(heritage, "no_log", flag, false),
    ...(checkMode && { checkMode }),
    ...(showsDiff && { showsDiff }),
    anyErrorsFatal: openInherited(heritage, "any_errors_fatal", flag, false),
    ...(delegateTo && { delegateTo }),
    delegatesFacts: openInherited(heritage, "delegate_facts", flag, false),
    ...(throttle && { throttle }),
    ...(background && { background }),
    ...(timeoutSeconds && { timeoutSeconds }),
    environment: openEnvironment(frame.environment),
    become: openBecome(heritage, world.options.become),
    notify: openNotify(heritage.all("notify")[0]),
    isGuarded: call.module.isGuarded === true || heritage.all("guard")[0]?.value === true,
  };
}

/** All conditions, the outermost first. */
export function whenOf(heritage: Heritage): readonly Open<boolean>[] {
  return heritage.all("when").toReversed().flatMap(openConditions);
}

export function scopeFor(world: World, frame: Frame): (memory: HostMemory) => Scope {
  return (memory) => new TaskScope({ world, memory, frame, overlay: {} });
}

/** A name is for people: tasks of a role say so. */
export function openName(written: Written | undefined, otherwise: string, { role }: Pick<Frame, "role">): Open<string> {
  const prefix = role ? `${role.fullName} : ` : "";
  if (written === undefined) return fixed(prefix + otherwise);
  const prepared = prepare(written);
  if (prepared.isStatic) return fixed(prefix + String(prepared.value));
  return open(prefix + String(written.value), (scope) => prefix + String(prepared.resolve(scope)));
}

function openNotify(written: Written | undefined): Open<readonly string[]> {
  return written ? openKeyword({ name: "notify", written }, texts, []) : fixed([]);
}

function readUntil({ keywords }: Heritage): Until | undefined {
  const until = keywords.get("until");
  const retries = keywords.get("retries");
  if (!until && !retries) return undefined;
  const delay = keywords.get("delay");
  const register = String(keywords.get("register")?.value ?? "ansible_result");
  return {
    conditions: until ? openConditions(until) : [open("not failed", (scope) => !isFailed(scope.get(register)))],
    retries: retries ? openKeyword({ name: "retries", written: retries }, wholeNumber, 3) : fixed(3),
    delaySeconds: delay ? openKeyword({ name: "delay", written: delay }, number, 5) : fixed(5),
  };
}

function isFailed(result: unknown): boolean {
  return typeof result === "object" && result !== null && "failed" in result && result.failed === true;
}

function readBackground({ keywords }: Heritage): Task["background"] {
  const seconds = keywords.get("async");
  if (seconds === undefined || seconds.value === 0) return undefined;
  const poll = keywords.get("poll");
  return {
    seconds: openKeyword({ name: "async", written: seconds }, wholeNumber, 0),
    poll: poll ? openKeyword({ name: "poll", written: poll }, wholeNumber, 15) : fixed(15),
  };
}

const here = new Set(["localhost", "127.0.0.1", "::1"]);

/** Where a task acts, when it is not on its own host: `connection: local` is another way to say that it acts here. */
function openDelegate({ isLocal }: Call, heritage: Heritage, world: World): Open<string | undefined> | undefined {
  if (isLocal) return fixed("localhost");
  const delegate = openOptional(heritage, "delegate_to", text);
  const connection = openOptional(heritage, "connection", text);
  if (!delegate && !connection) return undefined;
  return open(delegate?.source ?? connection?.source, (scope) => {
    const name = delegate?.resolve(scope);
    if (name !== undefined) return here.has(name) && !world.inventory.has(name) ? "localhost" : name;
    const isHere = connection?.resolve(scope)?.replace("ansible.builtin.", "") === "local";
    return isHere && !scope.has("ansible_connection") ? "localhost" : undefined;
  });
}

import type { AnyModule } from "@evenkeel/core";
import { closest } from "@evenkeel/core";
import { readAssignments } from "../free-form/read-assignments.ts";
import { UnbalancedText } from "../free-form/split-words.ts";
import { keywordsOf } from "../keywords/keyword-table.ts";
import { bygone } from "../keywords/refused-keywords.ts";
import { hasTemplate } from "../values/prepare.ts";
import { describe } from "../values/value-type.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { isLanguageAction, languageActions, shortName } from "./language-actions.ts";

/** What a task calls, with which parameters. */
export interface Call {
  /** Without a collection's name. */
  readonly name: string;
  /** As the playbook has it. */
  readonly said: string;
  /** Undefined for what belongs to the language. */
  readonly module: AnyModule | undefined;
  /** The value of the module's key. */
  readonly written: Written;
  readonly params: ReadonlyMap<string, Written>;
  /** Text after the module's name that assigns nothing. */
  readonly freeForm: Written | undefined;
  /** Templates that give further parameters as mappings. */
  readonly splats: readonly Written[];
  readonly isLocal: boolean;
}

type Modules = ReadonlyMap<string, AnyModule>;

const commands = new Set(["command", "shell", "raw", "script"]);
/** Modules, and parts of the language, that a text can follow although it stands for no parameter by that name. */
const texts = new Set([
  "include",
  "import_playbook",
  "include_tasks",
  "import_tasks",
  "include_role",
  "import_role",
  "meta",
  "include_vars",
  "group_by",
  "add_host",
  "set_fact",
]);

/** Finds what a task calls among its keys. Undefined, with a mistake added, when there is no sense in it. */
export function findCall(task: Written, modules: Modules, mistakes: Mistakes, isHandler: boolean): Call | undefined {
  const keywords = keywordsOf(isHandler ? "handler" : "task");
  const others = task.entries.filter(([key]) => !Object.hasOwn(keywords, key) && !key.startsWith("with_"));
  const calls = [
    ...task.entries.filter(([key]) => key === "action" || key === "local_action"),
    ...others.filter(([key]) => isKnown(key, modules)),
  ];
  const [first, second] = calls;
  if (first === undefined) {
    mistakes.add(others[0] ? unknownModule(...others[0], modules) : noModule(task));
    return undefined;
  }
  if (second) mistakes.add(twoModules(first[0], second));
  for (const [key, written] of others) if (!isKnown(key, modules)) mistakes.add(unknownKey(key, written, modules));
  return readCall(first, task.get("args"), modules, mistakes);
}

function readCall(
  [key, written]: readonly [string, Written],
  args: Written | undefined,
  modules: Modules,
  mistakes: Mistakes,
): Call | undefined {
  const isOld = key === "action" || key === "local_action";
  if (isOld && isTemplate(written.value)) return templatedCall(key, written);
  const named = isOld ? splitAction(written) : { name: key, value: written };
  if (named === undefined) {
    mistakes.add({
      code: "action",
      message: `${key}: expected a module's name, found ${describe(written.value)}`,
      place: written.place,
    });
    return undefined;
  }
  const name = shortName(named.name);
  const module = modules.get(named.name) ?? modules.get(name);
  if (module === undefined && !isLanguageAction(name)) {
    mistakes.add(unknownModule(named.name, written, modules));
    return undefined;
  }
  const own = readParams(named.value, name, module, mistakes);
  if (own === undefined) return undefined;
  const more = args === undefined ? undefined : readArgs(args, mistakes);
  return {
    name,
    said: named.name,
    module,
    written,
    params: new Map([...(more?.params ?? []), ...own.params]),
    freeForm: own.freeForm,
    splats: [...(more?.splats ?? []), ...own.splats],
    isLocal: key === "local_action",
  };
}

/** `action: "{{ ansible_pkg_mgr }} name=x"` */
function isTemplate(value: unknown): boolean {
  return typeof value === "string" && /^\s*\{\{/.test(value);
}

function templatedCall(key: string, written: Written): Call {
  const isLocal = key === "local_action";
  return {
    name: "action",
    said: key,
    module: undefined,
    written,
    params: new Map(),
    freeForm: written,
    splats: [],
    isLocal,
  };
}

/** `action: copy src=a`, or `action: { module: copy, src: a }`. */
function splitAction(written: Written): { name: string; value: Written } | undefined {
  const { value } = written;
  if (typeof value === "string") {
    const [, name = "", gap = "", rest = ""] = /^(\S+)(\s*)([\s\S]*)$/.exec(value) ?? [];
    return name === "" ? undefined : { name, value: written.part(rest, name.length + gap.length) };
  }
  const module = written.get("module");
  if (!isMapping(value) || typeof module?.value !== "string") return undefined;
  const [name = "", ...more] = module.value.split(/\s+/);
  if (more.length > 0) return undefined;
  return { name, value: written };
}

interface Params {
  readonly params: ReadonlyMap<string, Written>;
  readonly freeForm: Written | undefined;
  readonly splats: readonly Written[];
}

/** Undefined, with a mistake added, when there is no sense in them. */
function readParams(
  written: Written,
  name: string,
  module: AnyModule | undefined,
  mistakes: Mistakes,
): Params | undefined {
  const { value } = written;
  const none: Params = { params: new Map(), freeForm: undefined, splats: [] };
  if (value === null || value === "") return none;
  if (isMapping(value)) return { ...none, params: new Map(written.entries.filter(([key]) => key !== "module")) };
  if (typeof value === "string") return readLine(written, value, name, module, mistakes);
  const takesText = module?.freeForm !== undefined;
  // Numbers and the like can follow a command: `command: 5` is none, but says what is wrong when it runs.
  if (takesText && !Array.isArray(value)) return { ...none, freeForm: written.standingFor(String(value)) };
  mistakes.add({
    code: "params",
    message: `${name}: expected a mapping of parameters, found ${describe(value)}`,
    place: written.place,
  });
  return undefined;
}

function readLine(
  written: Written,
  line: string,
  name: string,
  module: AnyModule | undefined,
  mistakes: Mistakes,
): Params | undefined {
  try {
    const { values, rest } = readAssignments(line, commands.has(name));
    const params = new Map([...values].map(([key, { text, index }]) => [key, written.part(text, index)]));
    const left = rest && written.part(rest.text, rest.index);
    if (left === undefined || module?.freeForm !== undefined || texts.has(name))
      return { params, freeForm: left, splats: [] };
    if (/^\s*\{\{[\s\S]*\}\}\s*$/.test(String(left.value))) return { params, freeForm: undefined, splats: [left] };
    mistakes.add({
      code: "params",
      message: `${name} takes parameters, and no text: ${describe(left.value)} assigns nothing`,
      place: left.place,
      hint: "name=value, or a mapping",
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof UnbalancedText)) throw error;
    mistakes.add({ code: "params", message: `${name}: ${error.message}`, place: written.placeAt(error.index) });
    return undefined;
  }
}

/** `args:` beside the module. */
function readArgs(written: Written, mistakes: Mistakes): Params {
  const none: Params = { params: new Map(), freeForm: undefined, splats: [] };
  if (isMapping(written.value)) return { ...none, params: new Map(written.entries) };
  if (hasTemplate(written.value)) return { ...none, splats: [written] };
  if (written.value !== null) {
    mistakes.add({
      code: "params",
      message: `args: expected a mapping of parameters, found ${describe(written.value)}`,
      place: written.place,
    });
  }
  return none;
}

function isKnown(key: string, modules: Modules): boolean {
  return modules.has(key) || modules.has(shortName(key)) || isLanguageAction(shortName(key));
}

function unknownModule(name: string, written: Written, modules: Modules) {
  const hint = closest(shortName(name), [...modules.keys(), ...languageActions, ...Object.keys(keywordsOf("task"))]);
  return {
    code: "unknown-module",
    message: `there is no module ${JSON.stringify(name)}`,
    place: written.keyPlace,
    ...(hint && { hint }),
  };
}

function unknownKey(key: string, written: Written, modules: Modules) {
  const instead = bygone[key];
  const hint = instead ? `it is now ${instead}` : closest(key, [...Object.keys(keywordsOf("task")), ...modules.keys()]);
  return {
    code: "unknown-keyword",
    message: `a task has no keyword ${JSON.stringify(key)}, and there is no module of that name`,
    place: written.keyPlace,
    ...(hint && { hint }),
  };
}

function noModule(task: Written) {
  return { code: "no-module", message: "this task calls no module", place: task.place };
}

function twoModules(first: string, [second, written]: readonly [string, Written]) {
  return {
    code: "two-modules",
    message: `a task calls one module; this one calls ${first} and ${second}`,
    place: written.keyPlace,
    hint: "begin another task with a dash",
  };
}

import type { Place } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import type { Templates } from "@evenkeel/template";
import { loadTemplates } from "@evenkeel/template";
import type { Host } from "../hosts/host.ts";
import type { Roster } from "../hosts/roster.ts";
import type { FileText, InventoryFiles, Opener } from "../sources/inventory-files.ts";
import { isMapping } from "../sources/read-groups.ts";
import type { Variable } from "../variables/variable.ts";
import { dataAt, placeOf, variablesOf } from "../variables/variable.ts";
import type { VariableFolders } from "../variables/variable-folders.ts";
import { Evaluator } from "./evaluator.ts";
import { hostVariables } from "./host-variables.ts";
import { keyedGroupNames, safeGroupName } from "./keyed-group.ts";

export interface ConstructOptions {
  readonly roster: Roster;
  readonly files: InventoryFiles;
  readonly variableFolders: VariableFolders;
  /** Those beside the sources that have been read. */
  readonly folders: readonly string[];
  readonly vault?: Opener | undefined;
  readonly extraVariables: Readonly<Record<string, unknown>>;
}

/** Makes groups and variables of the hosts that have been read, as a file with `plugin: constructed` asks. */
export async function construct(file: FileText, options: ConstructOptions): Promise<readonly InputError[]> {
  const { value, where } = options.files.valueOf(file);
  const settings = new Map(isMapping(value) ? variablesOf(value, where) : []);
  const mistakes = [...checkSettings(settings)];
  if (mistakes.length > 0) return mistakes;
  const maker = new GroupMaker(settings, options, await loadTemplates());
  for (const host of [...options.roster.hosts.values()]) maker.host(host);
  return maker.mistakes;
}

const known: Readonly<Record<string, (value: unknown) => boolean>> = {
  plugin: (value) => value === "constructed" || value === "ansible.builtin.constructed",
  strict: (value) => typeof value === "boolean",
  compose: (value) => value === null || isMapping(value),
  groups: (value) => value === null || isMapping(value),
  keyed_groups: (value) => value === null || (Array.isArray(value) && value.every(isMapping)),
  use_extra_vars: (value) => typeof value === "boolean",
  use_vars_plugins: (value) => typeof value === "boolean",
  leading_separator: (value) => typeof value === "boolean",
};

function* checkSettings(settings: ReadonlyMap<string, Variable>): Iterable<InputError> {
  for (const [name, variable] of settings) {
    const isRight = known[name];
    const place = placeOf(variable);
    if (isRight === undefined) {
      const hint = closest(name, Object.keys(known)) ?? `there are ${Object.keys(known).join(", ")}`;
      yield new InputError({
        code: "inventory/constructed",
        message: `constructed has no setting ${name}`,
        place,
        hint,
      });
    } else if (!isRight(variable.value)) {
      const message =
        name === "plugin"
          ? `the inventory plugin ${String(variable.value)} is not there`
          : `${name} of constructed cannot be ${JSON.stringify(variable.value)}`;
      yield new InputError({ code: "inventory/constructed", message, place, hint: hints[name] ?? "true or false" });
    }
  }
}

const hints: Readonly<Record<string, string>> = {
  plugin: "plugin: constructed, or a program that prints the inventory as JSON",
  compose: "a mapping from variables to expressions",
  groups: "a mapping from groups to conditions",
  keyed_groups: "a list of {key: …, prefix: …}",
};

class GroupMaker {
  readonly mistakes: InputError[] = [];
  readonly #settings: ReadonlyMap<string, Variable>;
  readonly #options: ConstructOptions;
  readonly #templates: Templates;

  constructor(settings: ReadonlyMap<string, Variable>, options: ConstructOptions, templates: Templates) {
    this.#settings = settings;
    this.#options = options;
    this.#templates = templates;
  }

  host(host: Host): void {
    const composing = this.#evaluator(host);
    for (const [name, { value, place }] of this.#entries("compose")) {
      const made = this.#attempt(() => composing.evaluate(value, place));
      if (made) this.#options.roster.set(host, name, dataAt(made.value, place, name));
    }
    const grouping = this.#evaluator(host);
    for (const [name, { value, place }] of this.#entries("groups")) {
      if (this.#attempt(() => grouping.isTrue(value, place))?.value) this.#put(host, safeGroupName(name));
    }
    for (const { value, place } of this.#list("keyed_groups"))
      this.#firmly(() => this.#keyed(host, value, place, grouping));
  }

  #keyed(host: Host, setting: unknown, place: Place, evaluator: Evaluator): void {
    const entry = isMapping(setting)
      ? Object.fromEntries(setting instanceof Map ? setting : Object.entries(setting))
      : {};
    const key = this.#attempt(() => evaluator.evaluate(entry.key, place));
    if (key === undefined) return;
    const { names, isEmpty } = keyedGroupNames(entry, key.value, this.#flag("leading_separator", true), place);
    if (isEmpty && this.#flag("strict", false)) {
      const message = `keyed_groups: ${String(entry.key)} came to nothing for ${host.name}`;
      throw new InputError({ code: "inventory/constructed", message, place });
    }
    const parent = this.#attempt(() => evaluator.render(entry.parent_group ?? null, place));
    for (const name of parent === undefined ? [] : names) {
      this.#put(host, name);
      if (!parent?.value) continue;
      const { roster } = this.#options;
      roster.addChild(roster.addGroup(safeGroupName(String(parent.value))), roster.addGroup(name), place);
    }
  }

  #put(host: Host, group: string): void {
    const { roster } = this.#options;
    roster.putInto(host, roster.addGroup(group));
  }

  #evaluator(host: Host): Evaluator {
    const { vault, extraVariables, variableFolders, folders } = this.#options;
    const beside = this.#flag("use_vars_plugins", false) ? { variableFolders, folders } : undefined;
    const variables = hostVariables(host, this.#options.roster.all, beside);
    const extra = this.#flag("use_extra_vars", false) ? extraVariables : {};
    return new Evaluator({ variables, extra, templates: this.#templates, vault });
  }

  /** What cannot be worked out for a host leaves it as it is, unless the file says `strict`. */
  #attempt<Value>(make: () => Value): { readonly value: Value } | undefined {
    try {
      return { value: make() };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (this.#flag("strict", false)) this.mistakes.push(error);
      return undefined;
    }
  }

  #firmly(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.mistakes.push(error);
    }
  }

  #flag(name: string, otherwise: boolean): boolean {
    return Boolean(this.#settings.get(name)?.value ?? otherwise);
  }

  #entries(name: string): readonly [string, Setting][] {
    const setting = this.#settings.get(name);
    if (!isMapping(setting?.value)) return [];
    return variablesOf(setting.value, setting.where).map(([key, each]) => [
      key,
      { value: each.value, place: placeOf(each) },
    ]);
  }

  #list(name: string): readonly Setting[] {
    const setting = this.#settings.get(name);
    if (!Array.isArray(setting?.value)) return [];
    const { value, where } = setting;
    return value.map((each: unknown, index) => ({ value: each, place: where.placeOf(value, index) ?? where.place }));
  }
}

interface Setting {
  readonly value: unknown;
  readonly place: Place;
}

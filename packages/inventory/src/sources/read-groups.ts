import type { Place } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import { addHosts } from "../hosts/add-hosts.ts";
import type { Group } from "../hosts/group.ts";
import type { Roster } from "../hosts/roster.ts";
import type { Whereabouts } from "../variables/variable.ts";
import { variablesOf } from "../variables/variable.ts";
import type { FileValue } from "./inventory-files.ts";

/** Reads YAML's form into the roster: groups with `hosts`, `vars` and `children`. */
export function readGroups({ value, where }: FileValue, roster: Roster): readonly InputError[] {
  const reader = new GroupsReader(where, roster);
  if (isMapping(value)) for (const name of keys(value)) reader.group(name, { container: value, key: name });
  else reader.wrong("an inventory is a mapping of groups", where.place, "all: {hosts: {…}, children: {…}}");
  return reader.mistakes;
}

/** An entry of a mapping. */
interface Spot {
  readonly container: Mapping;
  readonly key: unknown;
}

type Mapping = Record<string, unknown> | Map<unknown, unknown>;

const sections = ["hosts", "vars", "children"];

class GroupsReader {
  readonly mistakes: InputError[] = [];
  readonly #where: Whereabouts;
  readonly #roster: Roster;

  constructor(where: Whereabouts, roster: Roster) {
    this.#where = where;
    this.#roster = roster;
  }

  wrong(message: string, place: Place, hint?: string): void {
    this.mistakes.push(new InputError({ code: "inventory/yaml", message, place, ...(hint && { hint }) }));
  }

  group(name: unknown, spot: Spot): Group | undefined {
    if (typeof name !== "string") {
      this.wrong(`the group ${String(name)} has a name that is no text`, this.#keyPlace(spot), `"${String(name)}"`);
      return undefined;
    }
    const body = at(spot);
    const group = this.#roster.addGroup(name);
    if (isMapping(body)) for (const key of keys(body)) this.#section(group, { container: body, key });
    else if (body !== null)
      this.wrong(`the group ${name} is no mapping`, this.#place(spot), "hosts:, vars: or children:");
    return group;
  }

  #section(group: Group, spot: Spot): void {
    const { key } = spot;
    const body = at(spot);
    const named = typeof body === "string" ? { [body]: null } : body;
    if (!sections.includes(String(key))) {
      const hint = closest(String(key), sections) ?? "hosts goes below hosts:, a group below children:";
      this.wrong(`a group has no key ${JSON.stringify(String(key))}`, this.#keyPlace(spot), hint);
    } else if (named !== null && !isMapping(named)) {
      const hint = `each ${key === "vars" ? "variable" : "name"} with a colon after it, without a dash`;
      this.wrong(`${key} of the group ${group.name} is no mapping`, this.#place(spot), hint);
    } else if (named !== null && key === "vars") this.#variables(group, named);
    else if (named !== null && key === "hosts") this.#hosts(group, named, spot);
    else if (named !== null) this.#children(group, named);
  }

  #variables(group: Group, body: Mapping): void {
    for (const [name, variable] of variablesOf(body, this.#where)) {
      this.#try(() => this.#roster.set(group, name, variable));
    }
  }

  #hosts(group: Group, body: Mapping, outer: Spot): void {
    for (const key of keys(body)) {
      const spot = { container: body, key };
      const place = this.#where.keyPlaceOf(body, key) ?? this.#place(outer);
      const own = at(spot);
      if (typeof key !== "string")
        this.wrong(`the host ${String(key)} has a name that is no text`, place, `"${String(key)}"`);
      else if (own !== null && own !== "" && !isMapping(own)) {
        this.wrong(
          `the variables of the host ${key} are no mapping`,
          this.#place(spot),
          "name: value, each on its own line",
        );
      } else this.#try(() => this.#host(key, group, place, isMapping(own) ? own : {}));
    }
  }

  #host(pattern: string, group: Group, place: Place, own: Mapping): void {
    for (const host of addHosts(pattern, group, place, this.#roster)) {
      for (const [name, variable] of variablesOf(own, this.#where)) this.#roster.set(host, name, variable);
    }
  }

  #children(group: Group, body: Mapping): void {
    for (const key of keys(body)) {
      const spot = { container: body, key };
      const child = this.group(key, spot);
      if (child) this.#try(() => this.#roster.addChild(group, child, this.#keyPlace(spot)));
    }
  }

  #try(act: () => void): void {
    try {
      act();
    } catch (mistake) {
      if (!(mistake instanceof InputError)) throw mistake;
      this.mistakes.push(mistake);
    }
  }

  #place({ container, key }: Spot): Place {
    return this.#where.placeOf(container, key) ?? this.#where.place;
  }

  #keyPlace({ container, key }: Spot): Place {
    return this.#where.keyPlaceOf(container, key) ?? this.#where.place;
  }
}

function at({ container, key }: Spot): unknown {
  return container instanceof Map ? container.get(key) : container[key as string];
}

function keys(mapping: Mapping): unknown[] {
  return mapping instanceof Map ? [...mapping.keys()] : Object.keys(mapping);
}

/** Data with keys: not a list, and none of the classes that stand for single values. */
export function isMapping(value: unknown): value is Mapping {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Map || Object.getPrototypeOf(value) === Object.prototype;
}

import { InputError } from "@evenkeel/core";
import { UnsafeText, Vaulted } from "@evenkeel/yaml";
import type { Group } from "../hosts/group.ts";
import type { Host } from "../hosts/host.ts";
import type { Roster } from "../hosts/roster.ts";
import { asData } from "../variables/as-data.ts";
import { variableAt } from "../variables/variable.ts";
import type { InventoryFiles } from "./inventory-files.ts";
import { isMapping } from "./read-groups.ts";
import { runScript } from "./run-script.ts";

/** Reads what an inventory program prints for `--list`, and for `--host` of each host when it tells no `_meta`. */
export function readScript(path: string, files: InventoryFiles, roster: Roster): readonly InputError[] {
  const file = files.shown(path);
  const reader = new ScriptReader(file, roster);
  const ask = (...words: string[]) =>
    files.valueOf({ text: runScript(path, words, file), file, isSecret: false }).value;
  const answer = ask("--list");
  if (!isMapping(answer)) throw reader.wrong("--list printed no object of groups");
  const hosts = new Set<Host>();
  for (const [name, body] of entries(answer)) {
    if (name !== "_meta") for (const host of reader.group(name, body)) hosts.add(host);
  }
  const meta = known(answer, "_meta");
  const told = known(meta, "hostvars");
  if (meta !== undefined && !isMapping(told)) throw reader.wrong("_meta has no object `hostvars`");
  for (const host of hosts)
    reader.variables(host, told === undefined ? ask("--host", host.name) : known(told, host.name));
  return [];
}

class ScriptReader {
  readonly #file: string;
  readonly #roster: Roster;

  constructor(file: string, roster: Roster) {
    this.#file = file;
    this.#roster = roster;
  }

  wrong(message: string): InputError {
    const hint =
      'the program prints JSON: {"GROUP": {"hosts": […], "vars": {…}, "children": […]}, "_meta": {"hostvars": {…}}}';
    return new InputError({ code: "inventory/script-output", message, place: { file: this.#file }, hint });
  }

  /** A group's hosts. */
  group(name: string, said: unknown): readonly Host[] {
    const group = this.#roster.addGroup(name);
    const body = this.#bodyOf(name, said);
    const hosts = this.#names(known(body, "hosts"), `the hosts of ${name}`).map((each) =>
      this.#roster.addHost(each, group),
    );
    this.variables(group, known(body, "vars"));
    for (const child of this.#names(known(body, "children"), `the children of ${name}`)) {
      this.#roster.addChild(group, this.#roster.addGroup(child), { file: this.#file });
    }
    return hosts;
  }

  variables(owner: Group | Host, said: unknown): void {
    if (said === undefined || said === null) return;
    if (!isMapping(said)) throw this.wrong(`the variables of ${owner.name} are no object`);
    for (const [name, value] of entries(said)) {
      this.#roster.set(owner, name, variableAt(this.#unmarked(value), { file: this.#file }, name));
    }
  }

  /** Old programs give a list of hosts, or a host's variables under the host's name. */
  #bodyOf(name: string, said: unknown): unknown {
    if (!isMapping(said)) return { hosts: said };
    const isGroup = ["hosts", "vars", "children"].some((key) => known(said, key) !== undefined);
    return isGroup ? said : { hosts: [name], vars: asData(said) };
  }

  #names(said: unknown, what: string): readonly string[] {
    if (said === undefined) return [];
    if (!Array.isArray(said) || !said.every((each) => typeof each === "string"))
      throw this.wrong(`${what} are no list of names`);
    return said;
  }

  /** Ansible's JSON writes what is encrypted and what is never a template as objects with one key. */
  #unmarked(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#unmarked(each));
    if (!isMapping(value)) return value;
    const [vault, unsafe] = [known(value, "__ansible_vault"), known(value, "__ansible_unsafe")];
    if (typeof vault === "string") return new Vaulted(vault, { file: this.#file });
    if (typeof unsafe === "string") return new UnsafeText(unsafe);
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, this.#unmarked(each)]));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#unmarked(each)]));
  }
}

function known(mapping: unknown, key: string): unknown {
  if (mapping instanceof Map) return mapping.get(key);
  return isMapping(mapping) && Object.hasOwn(mapping, key) ? (mapping as Record<string, unknown>)[key] : undefined;
}

function entries(mapping: Record<string, unknown> | Map<unknown, unknown>): [string, unknown][] {
  const all = mapping instanceof Map ? [...mapping] : Object.entries(mapping);
  return all.map(([key, value]) => [String(key), value]);
}

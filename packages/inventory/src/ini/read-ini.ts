import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { addHosts } from "../hosts/add-hosts.ts";
import type { Group } from "../hosts/group.ts";
import type { Roster } from "../hosts/roster.ts";
import { variableAt } from "../variables/variable.ts";
import { pythonLiteral } from "./python-literal.ts";
import { splitWords } from "./split-words.ts";

export interface IniSource {
  readonly text: string;
  readonly file: string;
}

/** Reads Ansible's INI form into the roster: `[group]`, `[group:vars]`, `[group:children]`, `host name=value …`. */
export function readIni(source: IniSource, roster: Roster): readonly InputError[] {
  return new IniReader(source, roster).read();
}

type Section = "hosts" | "vars" | "children";

/** A group that is spoken of before it is declared. */
interface Promised {
  readonly place: Place;
  readonly section: Section;
  /** Those of which it will be a part. */
  readonly parents: Group[];
}

class IniReader {
  readonly #source: IniSource;
  readonly #roster: Roster;
  readonly #mistakes: InputError[] = [];
  readonly #promised = new Map<string, Promised>();
  #group: Group;
  #section: Section = "hosts";

  constructor(source: IniSource, roster: Roster) {
    this.#source = source;
    this.#roster = roster;
    this.#group = roster.ungrouped;
  }

  read(): readonly InputError[] {
    for (const [index, raw] of this.#source.text.split(/\r\n|[\n\r]/).entries()) {
      const line = raw.trim();
      if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
      const indent = raw.length - raw.trimStart().length;
      const placeAt = (at: number): Place => ({ file: this.#source.file, line: index + 1, column: indent + at + 1 });
      try {
        this.#readLine(line, placeAt);
      } catch (mistake) {
        if (!(mistake instanceof InputError)) throw mistake;
        this.#mistakes.push(mistake);
      }
    }
    for (const [name, promised] of this.#promised) this.#mistakes.push(neverDeclared(name, promised));
    return this.#mistakes;
  }

  #readLine(line: string, placeAt: (index: number) => Place): void {
    const [, name, kind] = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(line) ?? [];
    if (name !== undefined) this.#openSection(name, kind ?? "hosts", placeAt);
    else if (/^\[(.*\]|[^\]]*)$/.test(line)) throw noSection(line, placeAt(0));
    else if (this.#section === "hosts") this.#readHost(line, placeAt);
    else if (this.#section === "vars") this.#readVariable(line, placeAt);
    else this.#readChild(line, placeAt);
  }

  #openSection(name: string, kind: string, placeAt: (index: number) => Place): void {
    if (kind !== "hosts" && kind !== "vars" && kind !== "children") {
      throw new InputError({
        code: "inventory/section",
        message: `there are no sections of the kind ${kind}`,
        place: placeAt(name.length + 2),
        hint: `[${name}], [${name}:vars] or [${name}:children]`,
      });
    }
    const isNew = !this.#roster.groups.has(name);
    this.#group = this.#roster.addGroup(name);
    this.#section = kind;
    if (kind !== "vars") this.#declare(this.#group);
    else if (isNew && !this.#promised.has(name)) {
      this.#promised.set(name, { place: placeAt(1), section: "vars", parents: [] });
    }
  }

  #declare(group: Group): void {
    const promised = this.#promised.get(group.name);
    this.#promised.delete(group.name);
    for (const parent of promised?.parents ?? []) this.#roster.addChild(parent, group, promised?.place);
  }

  #readHost(line: string, placeAt: (index: number) => Place): void {
    const [first, ...words] = splitWords(line, placeAt);
    if (first === undefined) return;
    if (first.text === "---") {
      throw new InputError({
        code: "inventory/host",
        message: "--- begins YAML, and this file is read as INI",
        place: placeAt(0),
        hint: "let the file's name end in .yml",
      });
    }
    const hosts = addHosts(first.text, this.#group, placeAt(first.index), this.#roster);
    for (const { text, index } of words) {
      const [name, value] = assignment(text, placeAt(index));
      for (const host of hosts) this.#roster.set(host, name, this.#variable(name, value, placeAt(index)));
    }
  }

  #readVariable(line: string, placeAt: (index: number) => Place): void {
    const [name, value] = assignment(line, placeAt(0));
    this.#roster.set(this.#group, name.trim(), this.#variable(name.trim(), value.trim(), placeAt(0)));
  }

  #readChild(line: string, placeAt: (index: number) => Place): void {
    const [, name] = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(line) ?? [];
    if (name === undefined) {
      const message = `${line} is no name of a group`;
      throw new InputError({ code: "inventory/group-name", message, place: placeAt(0) });
    }
    const child = this.#roster.groups.get(name);
    const promised = this.#promised.get(name);
    if (promised?.section === "children") promised.parents.push(this.#group);
    else if (child) this.#roster.addChild(this.#group, child, placeAt(0));
    else this.#promised.set(name, { place: placeAt(0), section: "children", parents: [this.#group] });
  }

  #variable(name: string, text: string, place: Place) {
    const literal = pythonLiteral(text);
    return variableAt(literal.isLiteral ? literal.value : text, place, name);
  }
}

function assignment(text: string, place: Place): [name: string, value: string] {
  const sign = text.indexOf("=");
  if (sign >= 0) return [text.slice(0, sign), text.slice(sign + 1)];
  throw new InputError({
    code: "inventory/variable",
    message: `${text} sets no variable`,
    place,
    hint: "name=value, in quotes if there are blanks in it",
  });
}

function noSection(line: string, place: Place): InputError {
  return new InputError({
    code: "inventory/section",
    message: `${line} is no section`,
    place,
    hint: "[name], [name:vars] or [name:children], without blanks",
  });
}

function neverDeclared(name: string, { place, section }: Promised): InputError {
  return new InputError({
    code: "inventory/no-such-group",
    message:
      section === "vars"
        ? `variables are set for the group ${name}, which is nowhere declared`
        : `there is no group ${name}`,
    place,
    hint: `add [${name}] with its hosts, which may be none`,
  });
}

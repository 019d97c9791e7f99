import { existsSync, readFileSync, statSync } from "node:fs";
import { InputError } from "@evenkeel/core";
import type { Host } from "../hosts/host.ts";
import type { Roster } from "../hosts/roster.ts";
import { nameMatcher } from "./name-matcher.ts";
import { splitPattern } from "./split-pattern.ts";

export interface Selection {
  readonly hosts: readonly string[];
  /** Words of the pattern that match no host and no group. */
  readonly unmatched: readonly string[];
}

/** Finds the hosts of patterns such as `web:&staging:!web-3`, `db[0]`, `*.example`, `~web\d+`. */
export class HostSelector {
  readonly #roster: Roster;
  readonly #localhost: (name: string) => Host | undefined;
  readonly #unmatched = new Set<string>();

  constructor(roster: Roster, localhost: (name: string) => Host | undefined) {
    this.#roster = roster;
    this.#localhost = localhost;
  }

  select(pattern: string | readonly string[], limit?: string): Selection {
    const words = (typeof pattern === "string" ? [pattern] : pattern).flatMap(splitPattern);
    const found = words.length === 0 ? new Set<Host>() : this.#evaluate(words);
    const within = limit === undefined ? found : this.#evaluate(limitWords(limit));
    const hosts = [...found].filter((host) => within.has(host)).map(({ name }) => name);
    return { hosts, unmatched: [...this.#unmatched] };
  }

  /** First all that is asked for, then what `&` leaves of it, then what `!` leaves out. */
  #evaluate(words: readonly string[]): Set<Host> {
    const [only, not] = ["&", "!"].map((sign) => words.filter((word) => word.startsWith(sign)));
    const plain = words.filter((word) => !/^[&!]/.test(word));
    let found = new Set((plain.length > 0 ? plain : ["all"]).flatMap((word) => this.#matches(word)));
    const keep = (word: string, isKept: boolean) => {
      const named = new Set(this.#matches(word.slice(1)));
      found = new Set([...found].filter((host) => named.has(host) === isKept));
    };
    for (const word of only ?? []) keep(word, true);
    for (const word of not ?? []) keep(word, false);
    return found;
  }

  #matches(word: string): readonly Host[] {
    const host = this.#roster.hosts.get(word);
    if (host) return [host];
    const { name, first, last } = splitSubscript(word);
    const found = this.#named(name);
    if (first === undefined || found.length === 0) return found;
    if (last !== undefined) return found.slice(first, last === "end" ? undefined : last + 1);
    const one = found.at(first);
    if (one) return [one];
    const message = `${word}: ${name} has ${found.length} host${found.length === 1 ? "" : "s"}, counted from 0`;
    throw new InputError({ code: "inventory/subscript", message });
  }

  /** Groups that a word matches; hosts too, when it is more than a plain name or no group has it. */
  #named(word: string): readonly Host[] {
    const matches = nameMatcher(word);
    const groups = [...this.#roster.groups.values()].filter(({ name }) => matches(name));
    const found = new Set(groups.flatMap((group) => [...group.allHosts()]));
    if (groups.length === 0 || /^~|[.?*[]/.test(word)) {
      for (const host of this.#roster.hosts.values()) if (matches(host.name)) found.add(host);
    }
    const local = found.size === 0 && this.#localhost(word);
    if (local) return [local];
    if (found.size === 0 && groups.length === 0) this.#unmatched.add(word);
    return [...found];
  }
}

interface Subscripted {
  readonly name: string;
  readonly first?: number;
  readonly last?: number | "end";
}

/** `db[0]`, `db[-1]`, `db[1:3]` (with both ends), `db[1:]`. */
function splitSubscript(word: string): Subscripted {
  const [, name, one, first, last] = /^(.+)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/.exec(word) ?? [];
  if (word.startsWith("~") || name === undefined) return { name: word };
  if (one !== undefined) return { name, first: Number(one) };
  // As Ansible has it, an end of 0 stands for no end given: it is the first that counts.
  if (last !== "" && Number(last) === 0) return { name, first: Number(first) };
  return { name, first: Number(first), last: last === "" ? "end" : Number(last) };
}

/** A limit's words; `@FILE` stands for the lines of a file. */
function limitWords(limit: string): readonly string[] {
  return splitPattern(limit).flatMap((word) => {
    if (!word.startsWith("@")) return [word];
    const file = word.slice(1);
    if (existsSync(file) && statSync(file).isFile()) return linesOf(readFileSync(file, "utf8"));
    throw new InputError({ code: "inventory/limit-file", message: `cannot read the limit file ${file}` });
  });
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

import type { HostMemory } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";

/** The value of what only a run will tell. */
export const notYet = unsettled("it is not known before the task has run");

/** What a host has come to know while a program is only gone through: what it will be told says that it is not known yet. */
export class CheckedHost {
  readonly memory: HostMemory;
  /** Something could not be followed that may set any variable: that one is missing proves nothing. */
  mayKnowAnything = false;
  /** Something may have ended its way: what follows may never be come to. */
  isInDoubt = false;
  /** The same for handlers. */
  mayHaveAnyHandler = false;
  #hasFacts = false;

  /** `lost` are names that tasks give values to which could not be read. */
  constructor(name: string, lost: readonly string[]) {
    const registered = Object.fromEntries(lost.map((each) => [each, notYet]));
    this.memory = { name, facts: factsThat(() => this.#hasFacts), setFacts: {}, registered, included: {} };
  }

  learnFacts(): void {
    this.#hasFacts = true;
  }

  /** Names that a task gives values to which are not known. */
  learn(record: "setFacts" | "included" | "facts", names: Iterable<string>): void {
    for (const name of names) this.memory[record][name] = notYet;
  }
}

/** Once they have been gathered, there is every fact, and none is known. */
function factsThat(areGathered: () => boolean): Record<string, unknown> {
  const isThere = (known: object, name: string | symbol) =>
    Object.hasOwn(known, name) || (areGathered() && typeof name === "string" && name.startsWith("ansible_"));
  return new Proxy<Record<string, unknown>>(
    {},
    {
      has: isThere,
      get: (known, name) =>
        Object.hasOwn(known, name) ? known[String(name)] : isThere(known, name) ? notYet : undefined,
      getOwnPropertyDescriptor: (known, name) => {
        if (!isThere(known, name)) return undefined;
        const value = Object.hasOwn(known, name) ? known[String(name)] : notYet;
        return { value, writable: true, enumerable: true, configurable: true };
      },
    },
  );
}

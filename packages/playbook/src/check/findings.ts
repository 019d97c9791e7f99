import type { Place } from "@evenkeel/core";
import { InputError, isSlip, UnsettledValue } from "@evenkeel/core";
import { EffectRefused, UndefinedVariable } from "@evenkeel/template";
import type { Mistakes } from "../written/mistakes.ts";
import type { CheckedHost } from "./checked-host.ts";

/** How sure it is that something will run: `maybe` depends on what is not known yet. */
export type Verdict = "yes" | "no" | "maybe";

/** Where somebody looks: on which host, how sure it is to be come to, and which variables were asked for in vain. */
export interface Looking {
  readonly host: CheckedHost;
  readonly verdict: Verdict;
  readonly missing: ReadonlySet<string>;
  /** Names of all variables that there are, asked for when one is missing. */
  names(): Iterable<string>;
}

/** What going through a program host by host has shown. The same mistake is told once, for all hosts that it is made for. */
export class Findings {
  readonly #found = new Map<string, { readonly error: InputError; readonly hosts: Set<string> }>();
  /** Files of ours may come to be while the playbook runs: a task acts here. */
  readonly #mayMakeFiles: boolean;
  /** Where tasks register results, by name. */
  readonly #registered: ReadonlyMap<string, Place>;

  constructor(mayMakeFiles: boolean, registered: ReadonlyMap<string, Place>) {
    this.#mayMakeFiles = mayMakeFiles;
    this.#registered = registered;
  }

  /** Keeps what is a mistake whatever is still to come; throws again what is a fault of ours. */
  judge(error: unknown, looking: Looking): void {
    if (isOpen(error)) return;
    const all: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const each of all) {
      if (!(each instanceof InputError)) throw error;
      if (this.#isCertain(each, looking)) this.#keep(this.#hinted(each, looking), looking.host.memory.name);
    }
  }

  /** Adds what was found to a playbook's mistakes; `hosts` are all that it was looked for on. */
  tell(mistakes: Mistakes, hosts: number): void {
    for (const { error, hosts: these } of this.#found.values()) {
      const [first] = these;
      const isOfAll = these.size === hosts;
      mistakes.catch(isOfAll || first === undefined ? error : rewritten(error, { host: first }));
    }
  }

  #isCertain(error: InputError, { host, verdict, missing, names }: Looking): boolean {
    // What lies elsewhere on our side, or is only looked up, may be there when it runs.
    if (error.code === "playbook/no-file-elsewhere" || error.code === "template/file") return false;
    if (error.code === "playbook/no-file") return !this.#mayMakeFiles && verdict === "yes";
    if (!(error instanceof UndefinedVariable)) return verdict === "yes";
    if (host.mayKnowAnything) return false;
    // What may never run is only complained about when it looks like a slip of the pen.
    return verdict === "yes" || [...missing].some((name) => isSlip(name, names()));
  }

  #hinted(error: InputError, { missing }: Looking): InputError {
    if (!(error instanceof UndefinedVariable) || error.hint !== undefined) return error;
    const [later] = [...missing].flatMap((name) => this.#registered.get(name) ?? []);
    return later ? rewritten(error, { hint: `a task registers it later, at ${later.file}:${later.line ?? 1}` }) : error;
  }

  #keep(error: InputError, host: string): void {
    const name = JSON.stringify([error.place, error.message]);
    const known = this.#found.get(name) ?? { error, hosts: new Set<string>() };
    known.hosts.add(host);
    this.#found.set(name, known);
  }
}

/** It cannot be known yet, or only by doing something. */
export function isOpen(error: unknown): boolean {
  return error instanceof UnsettledValue || error instanceof EffectRefused;
}

function rewritten(
  { code, message, place, hint, detail, cause }: InputError,
  more: { host?: string; hint?: string },
): InputError {
  const facts = { place, hint, detail, cause, ...more };
  return new InputError({
    code,
    message,
    ...Object.fromEntries(Object.entries(facts).filter(([, each]) => each !== undefined)),
  });
}

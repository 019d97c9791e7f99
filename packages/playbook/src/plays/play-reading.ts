import type { Handler, HostMemory } from "@evenkeel/core";
import type { RoleUse } from "../roles/role-use.ts";
import type { RoleFrame } from "../variables/frame.ts";

/** Roles that a host came to, and these with those of the play, which were so many. */
interface Included {
  readonly own: readonly RoleFrame[];
  count: number;
  all: readonly RoleFrame[];
}

/** What has been read of a play so far that its other parts depend on. */
export class PlayReading {
  readonly #uses = new Map<string, RoleUse[]>();
  readonly #usesOn = new WeakMap<HostMemory, Map<string, RoleUse[]>>();
  readonly #public: RoleFrame[] = [];
  readonly #included = new WeakMap<HostMemory, Included>();
  readonly roleNames: string[] = [];
  readonly dependencyNames: string[] = [];

  /** Of roles that tasks import, beside those of the play's own. */
  readonly importedHandlers: Handler[] = [];
  readonly #handlerIds = new Map<string, string>();
  readonly #run = new WeakMap<HostMemory, Set<string>>();

  addHandlers(handlers: readonly Handler[]): void {
    this.importedHandlers.push(...handlers);
  }

  /** Notes a use of a role, and tells those of the same before it: in the play, or on the host that included it. */
  usesBefore(use: RoleUse, memory: HostMemory | undefined): readonly RoleUse[] {
    const uses = memory === undefined ? this.#uses : (this.#usesOn.get(memory) ?? new Map<string, RoleUse[]>());
    if (memory !== undefined) this.#usesOn.set(memory, uses);
    const own = uses.get(use.identity) ?? [];
    uses.set(use.identity, [...own, use]);
    return memory === undefined ? own : [...(this.#uses.get(use.identity) ?? []), ...own];
  }

  /** The same in every run of a playbook that has the same handlers, and however often an include brings one. */
  handlerId(name: string, where: string): string {
    const known = this.#handlerIds.get(`${name} ${where}`);
    if (known !== undefined) return known;
    const taken = new Set(this.#handlerIds.values());
    let id = name;
    for (let count = 2; taken.has(id); count++) id = `${name} ${count}`;
    this.#handlerIds.set(`${name} ${where}`, id);
    return id;
  }

  /** Whether a role that must not repeat has been included on a host before; from now on it has. */
  hasRun(identity: string, memory: HostMemory): boolean {
    const run = this.#run.get(memory) ?? new Set();
    this.#run.set(memory, run);
    const isKnown = run.has(identity);
    run.add(identity);
    return isKnown;
  }

  /** A role whose variables all tasks of the play see. */
  addPublic(role: RoleFrame): void {
    this.#public.push(role);
    this.roleNames.push(role.fullName);
    this.dependencyNames.push(...role.dependencies.map(({ fullName }) => fullName));
  }

  /** A role that a host came to while it ran. */
  include(role: RoleFrame, memory: HostMemory): void {
    const own = [...(this.#included.get(memory)?.own ?? []), role];
    this.#included.set(memory, { own, count: this.#public.length, all: [...this.#public, ...own] });
  }

  /** The same list for as long as no role comes to it. */
  roles(memory: HostMemory): readonly RoleFrame[] {
    const included = this.#included.get(memory);
    if (included === undefined) return this.#public;
    if (included.count < this.#public.length) {
      included.count = this.#public.length;
      included.all = [...this.#public, ...included.own];
    }
    return included.all;
  }
}

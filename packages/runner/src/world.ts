import type { AnyKind, Change, HostPort, Observed, Query, Unsettling } from "@evenkeel/core";
import { InternalError, isUnsettled, unsettled } from "@evenkeel/core";
import { askHost, groupsOf, viaText } from "./ask-host.ts";

/** A host as one of its users. */
export interface Account {
  readonly user: string;
  readonly port: HostPort;
}

/** A question, and as whom it is asked. */
export interface Asked {
  readonly account: Account;
  readonly query: Query;
}

interface Answered {
  readonly query: Query;
  readonly state: unknown;
  readonly doubt?: string;
}

/** All that is known about one host, with the changes planned so far laid over it. */
export class World {
  readonly #kinds: ReadonlyMap<string, AnyKind>;
  readonly #known = new Map<string, Answered>();
  /** Asked, and not answered yet. */
  readonly #coming = new Map<string, Promise<void>>();
  /** Planned, in order: laid over what is learnt later, too. */
  readonly #laid: Change[] = [];

  constructor(kinds: ReadonlyMap<string, AnyKind>) {
    this.#kinds = kinds;
  }

  kind(name: string): AnyKind {
    const kind = this.#kinds.get(name);
    if (kind) return kind;
    throw new InternalError({ code: "runner/kind", message: `nobody told the runner about the kind ${name}` });
  }

  knows({ account, query }: Asked): boolean {
    return this.#known.has(idOf(account, query));
  }

  /**
   * Stays until these are known. What the host has not been asked yet it is asked now: one exchange for each user, one
   * script for each kind; and `ahead` with it, which is not waited for.
   */
  async learn(asked: readonly Asked[], ahead: () => readonly Asked[] = () => []): Promise<void> {
    for (;;) {
      const missing = asked.filter((each) => !this.knows(each));
      if (missing.length === 0) return;
      if (missing.some((each) => !this.#isComing(each))) this.#ask([...missing, ...ahead()]);
      await Promise.all(new Set(missing.map(({ account, query }) => this.#coming.get(idOf(account, query)))));
    }
  }

  /** Stays until the host has answered all that it was asked: what it says now is not of before a change. */
  async heardAll(): Promise<void> {
    await Promise.allSettled(this.#coming.values());
  }

  answer(account: Account, query: Query): Observed {
    const { kind, key, via } = query;
    const answered = this.#known.get(idOf(account, query));
    if (answered === undefined)
      throw new InternalError({ code: "runner/not-asked", message: `${kind} ${key} was not asked about` });
    const { state, doubt } = answered;
    return { kind, key, ...(via !== undefined && { via }), state, ...(doubt !== undefined && { doubt }) };
  }

  /** A planned change: later tasks see the host as it will be. */
  lay(change: Change): void {
    this.#laid.push(change);
    for (const [id, answered] of this.#known) this.#known.set(id, this.#under(change, answered));
  }

  /** The last of the changes that are planned, and not made. */
  get planned(): Change | undefined {
    return this.#laid.findLast(({ action }) => action !== "check");
  }

  /** A change that was made: what it may have spoilt must be asked again. */
  forget(change: Change): void {
    const spoilers = this.#spoilers(change);
    for (const [id, { query, state }] of this.#known) {
      const isSpoilt = isSame(query, change) || spoilers.some((each) => this.#spoils(each, query, state));
      if (isSpoilt || this.#dependsOn(query, change)) this.#known.delete(id);
    }
    this.#coming.clear();
  }

  /** What is asked anew each time that it is needed. */
  drop(queries: readonly Query[], account: Account): void {
    for (const id of queries.map((query) => idOf(account, query))) {
      this.#known.delete(id);
      this.#coming.delete(id);
    }
  }

  isMoving({ kind }: Query): boolean {
    return this.kind(kind).isMoving === true;
  }

  forgetAll(): void {
    this.#known.clear();
    this.#coming.clear();
  }

  isAsPlanned(account: Account, change: Change): boolean {
    const { state } = this.answer(account, change);
    return !isUnsettled(state) && this.kind(change.kind).isAsPlanned(state, change.after);
  }

  #isComing({ account, query }: Asked): boolean {
    return this.#coming.has(idOf(account, query));
  }

  #ask(asked: readonly Asked[]): void {
    const fresh = new Map<string, Asked>();
    for (const each of asked)
      if (!this.knows(each) && !this.#isComing(each)) fresh.set(idOf(each.account, each.query), each);
    for (const [account, all] of Map.groupBy(fresh.values(), (each) => each.account)) {
      const queries = all.map(({ query }) => query);
      const groups = groupsOf(queries, (name) => this.kind(name));
      for (const [index, told] of askHost(account.port, groups).entries())
        this.#expect(account, groups[index]?.queries ?? [], told);
    }
  }

  /** What was forgotten meanwhile is not taken. */
  #expect(account: Account, queries: readonly Query[], told: Promise<readonly unknown[]>): void {
    const ids = queries.map((query) => idOf(account, query));
    const ifAwaited = (act: (id: string, index: number) => void) => {
      for (const [index, id] of ids.entries()) if (this.#coming.get(id) === coming) act(id, index);
    };
    const coming: Promise<void> = told
      .then((states) => ifAwaited((id, index) => this.#note(id, queries[index] as Query, states[index])))
      .finally(() => ifAwaited((id) => this.#coming.delete(id)));
    // Whoever needs it is told.
    coming.catch(() => undefined);
    for (const id of ids) this.#coming.set(id, coming);
  }

  #note(id: string, query: Query, state: unknown): void {
    let answered: Answered = { query, state };
    for (const change of this.#laid) answered = this.#under(change, answered);
    this.#known.set(id, answered);
  }

  /** An answer, with a planned change laid over it. */
  #under(change: Change, answered: Answered): Answered {
    const { query, state } = answered;
    if (isSame(query, change)) return { query, state: this.#after(change, state) };
    const spoiler = this.#spoilers(change).find(
      (each) => !each.hardlyAt?.some((start) => query.key.startsWith(start)) && this.#spoils(each, query, state),
    );
    const isSteady = this.kind(query.kind).isSteady === true;
    if (spoiler === undefined) {
      return this.#dependsOn(query, change) && !isSteady
        ? { ...answered, doubt: `${change.kind} ${change.key} changes before` }
        : answered;
    }
    if (spoiler.isDoubt && isSteady) return answered;
    if (spoiler.leadsTo !== undefined) return { query, state: this.#after(change, state) };
    return spoiler.isDoubt ? { ...answered, doubt: spoiler.because } : { query, state: unsettled(spoiler.because) };
  }

  /** What a change leaves open stays as it was. */
  #after({ kind, after }: Change, before: unknown): unknown {
    const isMerged = isPlainObject(before) && isPlainObject(after) && !isUnsettled(before);
    return isMerged && !this.kind(kind).isAbsent(after) ? { ...before, ...after } : after;
  }

  #spoilers(change: Change): readonly Unsettling[] {
    return this.kind(change.kind).unsettles?.(change) ?? [];
  }

  #dependsOn(query: Query, change: Change): boolean {
    const on = this.kind(query.kind).dependsOn;
    return on === "all" || on?.includes(change.kind) === true;
  }

  #spoils({ kind, key, under, leadsTo, ifAbsent }: Unsettling, query: Query, state: unknown): boolean {
    if (kind !== "*" && kind !== query.kind) return false;
    if (key !== undefined && key !== query.key) return false;
    if (under !== undefined && !query.key.startsWith(`${under.replace(/\/$/, "")}/`)) return false;
    if (leadsTo !== undefined && !(isPlainObject(state) && "path" in state && state.path === leadsTo)) return false;
    return !ifAbsent || isUnsettled(state) || this.kind(query.kind).isAbsent(state);
  }
}

function idOf(account: Account, { kind, key, via }: Query): string {
  return `${account.user} ${kind} ${viaText(via)} ${key}`;
}

function isSame(one: Query, other: Query): boolean {
  return one.kind === other.kind && one.key === other.key;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

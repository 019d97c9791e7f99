import { hash } from "node:crypto";
import type { AnyKind, Change, HostPort, Observed, Query, Unsettling } from "@evenkeel/core";
import { InternalError, isUnsettled, StepError, unsettled } from "@evenkeel/core";

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

  /** Asks the host all that is not known yet: one exchange for each user, one script for each kind. */
  async learn(asked: readonly Asked[]): Promise<void> {
    const missing = new Map<string, Asked>();
    for (const each of asked) if (!this.knows(each)) missing.set(idOf(each.account, each.query), each);
    const byUser = Map.groupBy(missing.values(), ({ account }) => account);
    await Promise.all(
      [...byUser].map(([account, all]) =>
        this.#ask(
          account,
          all.map(({ query }) => query),
        ),
      ),
    );
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
  }

  /** What is asked anew each time that it is needed. */
  drop(queries: readonly Query[], account: Account): void {
    for (const query of queries) this.#known.delete(idOf(account, query));
  }

  isMoving({ kind }: Query): boolean {
    return this.kind(kind).isMoving === true;
  }

  forgetAll(): void {
    this.#known.clear();
  }

  isAsPlanned(account: Account, change: Change): boolean {
    const { state } = this.answer(account, change);
    return !isUnsettled(state) && this.kind(change.kind).isAsPlanned(state, change.after);
  }

  async #ask(account: Account, queries: readonly Query[]): Promise<void> {
    const groups = [...Map.groupBy(queries, ({ kind, via }) => `${kind} ${viaText(via)}`).values()].map((all) => ({
      kind: this.kind(all[0]?.kind ?? ""),
      via: all[0]?.via,
      all,
    }));
    const inShell = groups.flatMap((group) => ("read" in group.kind ? [{ ...group, kind: group.kind }] : []));
    const apart = groups.flatMap((group) => ("ask" in group.kind ? [{ ...group, kind: group.kind }] : []));
    const answers =
      inShell.length === 0
        ? []
        : account.port.exchange(inShell.map(({ kind, all, via }) => ({ script: kind.read(keysOf(all), via) })));
    const [told] = await Promise.all([
      answers,
      ...apart.map(async ({ kind, all }) => this.#note(account, all, await kind.ask(all, account.port))),
    ]);
    for (const [index, { kind, all, via }] of inShell.entries()) {
      const answer = told[index];
      if (answer === undefined || answer.code !== 0) throw unanswered(kind.name, answer?.stderr);
      const states = kind.parse(answer.stdout, keysOf(all), via);
      this.#note(
        account,
        all,
        all.map(({ key }) => states.get(key)),
      );
    }
  }

  #note(account: Account, queries: readonly Query[], states: readonly unknown[]): void {
    for (const [index, query] of queries.entries()) {
      let answered: Answered = { query, state: states[index] };
      for (const change of this.#laid) answered = this.#under(change, answered);
      this.#known.set(idOf(account, query), answered);
    }
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

function unanswered(kind: string, stderr: Uint8Array | undefined): StepError {
  return new StepError({
    code: "runner/unanswered",
    message: `the host could not be asked about any ${kind}`,
    detail: Buffer.from(stderr ?? [])
      .toString()
      .trim(),
  });
}

function keysOf(queries: readonly Query[]): string[] {
  return queries.map(({ key }) => key);
}

function idOf(account: Account, { kind, key, via }: Query): string {
  return `${account.user} ${kind} ${viaText(via)} ${key}`;
}

function isSame(one: Query, other: Query): boolean {
  return one.kind === other.kind && one.key === other.key;
}

function viaText(via: unknown): string {
  return via === undefined ? "" : hash("sha256", JSON.stringify(via));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

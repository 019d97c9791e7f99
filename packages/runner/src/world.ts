import type { AnyKind, Change, Observed, Query } from "@evenkeel/core";
import { InternalError, isUnsettled, unsettled } from "@evenkeel/core";
import type { HostPort } from "./host-port.ts";

/** All that is known about one host, with the changes planned so far laid over it. */
export class World {
  readonly #kinds: ReadonlyMap<string, AnyKind>;
  readonly #host: HostPort;
  readonly #known = new Map<string, unknown>();

  constructor(kinds: readonly AnyKind[], host: HostPort) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#host = host;
  }

  kind(name: string): AnyKind {
    const kind = this.#kinds.get(name);
    if (kind) return kind;
    throw new InternalError({ code: "runner/kind", message: `nobody told the runner about the kind ${name}` });
  }

  /** Asks the host all that is not known yet, in one exchange: one script a kind. */
  async learn(queries: readonly Query[]): Promise<void> {
    const missing = queries.filter((query) => !this.#known.has(idOf(query)));
    const groups = [...Map.groupBy(missing, (query) => query.kind)].map(([name, asked]) => ({
      kind: this.kind(name),
      keys: [...new Set(asked.map((query) => query.key))],
    }));
    if (groups.length === 0) return;
    const answers = await this.#host.exchange(groups.map(({ kind, keys }) => ({ script: kind.read(keys) })));
    for (const [index, { kind, keys }] of groups.entries()) {
      const states = kind.parse(answers[index]?.stdout ?? new Uint8Array(), keys);
      for (const [key, state] of states) this.#known.set(idOf({ kind: kind.name, key }), state);
    }
  }

  answer(query: Query): Observed {
    return { kind: query.kind, key: query.key, state: this.#known.get(idOf(query)) };
  }

  /** A planned change: later tasks see the host as it will be. */
  lay(change: Change): void {
    for (const spoilt of this.#spoiltBy(change)) this.#known.set(spoilt.id, unsettled(spoilt.because));
    this.#known.set(idOf(change), change.after);
  }

  /** A change that was made: what it may have spoilt must be asked again. */
  forget(change: Change): void {
    for (const { id } of this.#spoiltBy(change)) this.#known.delete(id);
    this.#known.delete(idOf(change));
  }

  isAsPlanned(change: Change): boolean {
    const state = this.#known.get(idOf(change));
    return !isUnsettled(state) && this.kind(change.kind).isAsPlanned(state, change.after);
  }

  #spoiltBy(change: Change): { readonly id: string; readonly because: string }[] {
    const unsettlings = this.kind(change.kind).unsettles?.(change) ?? [];
    return unsettlings.flatMap(({ kind, key, ifAbsent, because }) =>
      [...this.#known]
        .filter(([id]) => (key === undefined ? id.startsWith(`${kind} `) : id === idOf({ kind, key })))
        .filter(([, state]) => !ifAbsent || isUnsettled(state) || this.kind(kind).isAbsent(state))
        .map(([id]) => ({ id, because })),
    );
  }
}

function idOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind} ${key}`;
}

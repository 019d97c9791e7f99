import type { Change } from "./change.ts";
import type { Observed, Query } from "./query.ts";
import type { Secret } from "./secret.ts";

/** What a change may have spoilt: answers of this kind, all or one. */
export interface Unsettling {
  readonly kind: string;
  readonly key?: string;
  /** Only what is not there: installing a package brings things, and leaves alone what others have made. */
  readonly ifAbsent?: boolean;
  /** Completes "known after apply, because …". */
  readonly because: string;
}

/** A sort of thing that exists on a host. It owns the shell: modules never write any. */
export interface KindDefinition<State, Desired> {
  readonly name: string;
  /** One POSIX script that answers for many keys, and changes nothing. */
  read(keys: readonly string[]): string;
  /** Reads what the script printed: an answer for every key. */
  parse(output: Uint8Array, keys: readonly string[]): ReadonlyMap<string, State>;
  /** What it takes to make `desired` true; nothing when it is. */
  ensure(actual: Observed<State>, desired: Desired): readonly Change<State>[];
  /** Whether a host is as a change meant it to be: `after` may leave open what nobody asked for. */
  isAsPlanned(actual: State, after: State): boolean;
  isAbsent(state: State): boolean;
  unsettles?(change: Change<State>): readonly Unsettling[];
  /** Attributes of a state for people, in the order in which they are read. `content` shows as a unified diff. */
  describe(state: State): Readonly<Record<string, string | Secret>>;
}

/** A kind is called with a key to ask about it. */
export interface Kind<State, Desired> extends KindDefinition<State, Desired> {
  (key: string): Query<State>;
}

export function defineKind<State, Desired>(definition: KindDefinition<State, Desired>): Kind<State, Desired> {
  const ask = (key: string): Query<State> => ({ kind: definition.name, key });
  Object.defineProperty(ask, "name", { value: definition.name });
  const { name: _, ...rest } = definition;
  return Object.assign(ask, rest) as Kind<State, Desired>;
}

/** Any kind, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where kinds of all types meet
export type AnyKind = Kind<any, any>;

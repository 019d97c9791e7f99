import type { Change } from "./change.ts";
import type { HostPort } from "./host-port.ts";
import type { Observed, Query } from "./query.ts";
import type { Secret } from "./secret.ts";

/** What a change may have spoilt: answers of this kind (or of all: `*`), all or one. */
export interface Unsettling {
  readonly kind: string;
  readonly key?: string;
  /** All keys below this folder. */
  readonly under?: string;
  /** Only answers whose `path` is this: they are about the same thing under another name, and become what it becomes. */
  readonly leadsTo?: string;
  /** Only what is not there: installing a package brings things, and leaves alone what others have made. */
  readonly ifAbsent?: boolean;
  /** A plan does not expect it of keys that begin like this; an apply asks again all the same. */
  readonly hardlyAt?: readonly string[];
  /** Perhaps, and perhaps not: a plan goes on with what is known, and says that it may turn out otherwise. */
  readonly isDoubt?: boolean;
  /** Completes "known after apply, because …". */
  readonly because: string;
}

interface AnyKindDefinition<State, Desired> {
  readonly name: string;
  /** What it takes to make `desired` true; nothing when it is. */
  ensure(actual: Observed<State>, desired: Desired): readonly Change<State>[];
  /** Whether a host is as a change meant it to be: `after` may leave open what nobody asked for. */
  isAsPlanned(actual: State, after: State): boolean;
  isAbsent(state: State): boolean;
  /** Kinds whose changes may spoil answers of this kind, where it is this kind that knows. */
  readonly dependsOn?: readonly string[] | "all";
  /** Hardly anything changes it: a plan does not doubt it for what may. An apply asks again all the same. */
  readonly isSteady?: boolean;
  /** It changes by itself: never asked in advance. */
  readonly isMoving?: boolean;
  unsettles?(change: Change<State>): readonly Unsettling[];
  /**
   * What is left to the end of a play in which such changes were made, once for all of them and in a later run if this one
   * is cut: starting what packages brought, one reload. Without changes: after such a cut.
   */
  finish?(changes: readonly Change<State>[]): readonly Change[];
  /** Attributes of a state for people, in the order in which they are read. `content` shows as a unified diff. */
  describe(state: State): Readonly<Record<string, string | Secret>>;
}

/** A kind that is asked about in POSIX sh. It owns the shell: modules never write any. */
export interface ShellKindDefinition<State, Desired> extends AnyKindDefinition<State, Desired> {
  /** One POSIX script that answers for many keys that are asked in the same way, and changes nothing. */
  read(keys: readonly string[], via?: unknown): string;
  /** Reads what the script printed: an answer for every key. */
  parse(output: Uint8Array, keys: readonly string[], via?: unknown): ReadonlyMap<string, State>;
}

/** A kind that is asked about in another way: a database through a tunnel, a name server from here. */
export interface OwnKindDefinition<State, Desired> extends AnyKindDefinition<State, Desired> {
  /** Answers in the order of the queries. */
  ask(queries: readonly Query<State>[], host: HostPort): Promise<readonly State[]>;
}

/** A sort of thing that exists on a host. */
export type KindDefinition<State, Desired> = ShellKindDefinition<State, Desired> | OwnKindDefinition<State, Desired>;

/** A kind is called with a key to ask about it. */
export type Kind<State, Desired, Definition = KindDefinition<State, Desired>> = Definition &
  ((key: string, via?: unknown) => Query<State>);

export function defineKind<State, Desired>(
  definition: ShellKindDefinition<State, Desired>,
): Kind<State, Desired, ShellKindDefinition<State, Desired>>;
export function defineKind<State, Desired>(
  definition: OwnKindDefinition<State, Desired>,
): Kind<State, Desired, OwnKindDefinition<State, Desired>>;
export function defineKind<State, Desired>(definition: KindDefinition<State, Desired>): Kind<State, Desired> {
  const ask = (key: string, via?: unknown): Query<State> => ({
    kind: definition.name,
    key,
    ...(via !== undefined && { via }),
  });
  Object.defineProperty(ask, "name", { value: definition.name });
  const { name: _, ...rest } = definition;
  return Object.assign(ask, rest) as Kind<State, Desired>;
}

/** Any kind, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where kinds of all types meet
export type AnyKind = Kind<any, any>;

import type { Unsettled } from "./unsettled.ts";

/** A question about a host. Many travel in one round trip. */
export interface Query<State = unknown> {
  readonly kind: string;
  readonly key: string;
  /** How to ask, as data: how much is wanted, with which account. What there is to ask about is in the key alone. */
  readonly via?: unknown;
  /** Never set: carries the type of the answer. */
  readonly answer?: State;
}

/** What a host said, or will say once an earlier change has been made. */
export interface Observed<State = unknown> {
  readonly kind: string;
  readonly key: string;
  readonly via?: unknown;
  readonly state: State | Unsettled;
  /** An earlier command of this run, not made yet, may touch this, and did not say so. */
  readonly doubt?: string;
}

/** What a module asks, each question under a name of its choice; a list of questions is answered by a list. */
export type Queries = Readonly<Record<string, Query | readonly Query[]>>;

/** The answers under the same names. */
export type Answers<Q extends Queries> = {
  readonly [Name in keyof Q]: AnswerTo<Q[Name]>;
};

type AnswerTo<Asked> =
  Asked extends Query<infer State>
    ? Observed<State>
    : Asked extends readonly Query<infer State>[]
      ? readonly Observed<State>[]
      : never;

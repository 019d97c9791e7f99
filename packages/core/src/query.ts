import type { Unsettled } from "./unsettled.ts";

/** A question about a host. Many travel in one round trip. */
export interface Query<State = unknown> {
  readonly kind: string;
  readonly key: string;
  /** Never set: carries the type of the answer. */
  readonly answer?: State;
}

/** What a host said, or will say once an earlier change has been made. */
export interface Observed<State = unknown> {
  readonly kind: string;
  readonly key: string;
  readonly state: State | Unsettled;
}

/** What a module asks, each question under a name of its choice. */
export type Queries = Readonly<Record<string, Query>>;

/** The answers under the same names. */
export type Answers<Q extends Queries> = {
  readonly [Name in keyof Q]: Q[Name] extends Query<infer State> ? Observed<State> : never;
};

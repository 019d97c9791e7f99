import type { Static, TObject } from "typebox";
import type { Change } from "./change.ts";
import type { Answers, Queries } from "./query.ts";

/** What a task calls. It asks and decides; it never acts. */
export interface Module<P extends TObject, Q extends Queries> {
  readonly name: string;
  readonly summary: string;
  /** JSON Schema, the one source of types, checks, defaults and docs. */
  readonly params: P;
  observe(params: Static<P>): Q;
  /** Pure. An empty list means "already so". */
  plan(answers: Answers<Q>, params: Static<P>): readonly Change[];
}

/** Types are inferred from the schema and the queries: an author writes none. */
export function defineModule<P extends TObject, Q extends Queries>(module: Module<P, Q>): Module<P, Q> {
  return module;
}

/** Any module, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where modules of all types meet
export type AnyModule = Module<any, any>;

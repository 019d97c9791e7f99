import type { AnyModule, Change, Observed, Query } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import { comparedWith } from "@evenkeel/kinds";
import { Value } from "typebox/value";

/** What a host would say about some of what is asked: by kind and key. Of the rest it says `absent`. */
export type Said = Readonly<Record<string, unknown>>;

/** Kinds whose answers are by what a thing is compared with. */
const COMPARED = new Set(["below", "download", "tree", "unpacked"]);

/** A module's changes on a host that is as said. */
export function planTask(
  module: AnyModule,
  params: object,
  said: Said = {},
  absent: unknown = { type: "absent", state: "absent" },
) {
  const { answers, whole } = answer(module, params, said, absent);
  return module.plan(answers, whole) as readonly Change[];
}

/** `action kind key` of each. */
export function actions(changes: readonly Change[]): string[] {
  return changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
}

/** A module's result on a host that is, and stays, as said. */
export function resultOf(module: AnyModule, params: object, said: Said = {}, more: object = {}) {
  const { answers, whole } = answer(module, params, said, { type: "absent" });
  return module.result?.({ before: answers, after: answers, changes: [], outputs: [], ...more }, whole);
}

function answer(module: AnyModule, params: object, said: Said, absent: unknown) {
  const whole = Value.Default(module.params, { ...params }) as never;
  const asked: Record<string, Query | readonly Query[]> = module.observe(whole);
  const one = ({ kind, key, via }: Query): Observed => {
    const told = said[`${kind} ${key}`];
    const state = COMPARED.has(kind) && told !== undefined && !isUnsettled(told) ? comparedWith(via, told) : told;
    return {
      kind,
      key,
      ...(via !== undefined && { via }),
      state: state ?? (COMPARED.has(kind) ? comparedWith(via, absent) : absent),
    };
  };
  const answers = Object.fromEntries(
    Object.entries(asked).map(([name, query]) => [name, Array.isArray(query) ? query.map(one) : one(query as Query)]),
  );
  return { answers: answers as never, whole };
}

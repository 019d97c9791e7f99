import type { Answers, AnyModule, Observed, Queries, Query, Unsettled } from "@evenkeel/core";
import { UnsettledValue, unsettled } from "@evenkeel/core";
import type { Result } from "./events.ts";

type Params = Readonly<Record<string, unknown>>;

/** What every command says, whatever module runs it. */
const usual = ["rc", "stdout", "stderr", "stdout_lines", "stderr_lines", "msg", "start", "end", "delta"];

/** A result of something that has not happened yet: whether it changes is known, what it says is not. */
export function unknownResult(module: AnyModule, params: Params, changed: boolean, because: string): Result {
  const fields = Object.keys(module.returns?.properties ?? {});
  const unknown = [...usual, ...fields].map((field) => [field, unsettled(because)]);
  const facts = module.remembers && { ansible_facts: unknownFacts(module, params, because) };
  return { ...Object.fromEntries(unknown), ...facts, changed, failed: false };
}

/** The facts that a module will give, by name: it is asked for its result as if nothing were known about the host. */
export function unknownFacts(module: AnyModule, params: Params, because: string): Readonly<Record<string, Unsettled>> {
  const answers = blankAnswers(module.observe(params), because);
  const { ansible_facts } = resultIfAny(module, params, answers);
  return Object.fromEntries(Object.keys(ansible_facts ?? {}).map((name) => [name, unsettled(because)]));
}

function resultIfAny(
  module: AnyModule,
  params: Params,
  answers: Answers<Queries>,
): { readonly ansible_facts?: object } {
  try {
    return module.result?.({ before: answers, after: answers, changes: [], outputs: [] }, params) ?? {};
  } catch (error) {
    // Not even their names are known.
    if (error instanceof UnsettledValue) return {};
    throw error;
  }
}

function blankAnswers(asked: Queries, because: string): Answers<Queries> {
  const blank = (query: Query): Observed => ({ ...query, state: unsettled(because) });
  const entries = Object.entries(asked).map(([name, query]) => [
    name,
    Array.isArray(query) ? query.map(blank) : blank(query as Query),
  ]);
  return Object.fromEntries(entries) as Answers<Queries>;
}

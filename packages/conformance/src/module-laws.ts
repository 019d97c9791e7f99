import { deepStrictEqual, ok } from "node:assert/strict";
import type { AnyKind, AnyModule, Change, Observed, Query } from "@evenkeel/core";
import { InputError, isAct, isUnsettled, Secret, StepError, unsettled } from "@evenkeel/core";
import { frozen } from "./frozen.ts";

export interface Law {
  readonly name: string;
  readonly check: () => void | Promise<void>;
}

/** Parameters as the engine hands them to the module, and states that a host may be in, by the questions' order. */
export interface Example {
  readonly name?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly states: readonly unknown[];
}

/** The laws that need no host. */
export function moduleLaws(module: AnyModule, kinds: readonly AnyKind[], examples: readonly Example[]): readonly Law[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return [
    { name: "every parameter is described, and unknown ones are refused", check: () => describes(module) },
    ...examples.flatMap((example) => {
      const title = (law: string) => `${example.name ?? JSON.stringify(example.params)}: ${law}`;
      return [
        { name: title("asking and planning are pure, and plain data"), check: () => isPure(module, example) },
        { name: title("what is planned is enough"), check: () => isEnough(module, byName, example) },
        {
          name: title("it decides, and says the same, when nothing is known yet"),
          check: () => decides(module, example),
        },
        { name: title("no secret shows"), check: () => keepsSecrets(module, byName, example) },
      ];
    }),
  ];
}

function describes({ name, summary, params, returns }: AnyModule): void {
  ok(summary.length > 0, `${String(name)} has no summary`);
  for (const [key, schema] of Object.entries({ ...params.properties, ...returns?.properties })) {
    const { description } = schema as { description?: string };
    ok(description !== undefined && description !== "", `${key} has no description`);
  }
  ok(params.additionalProperties !== undefined, "additionalProperties is not said");
}

function isPure(module: AnyModule, { params, states }: Example): void {
  const given = frozen(params);
  const asked = module.observe(given);
  deepStrictEqual(module.observe(given), asked, "asked twice, it asks something else");
  isPlain(asked);
  const answers = frozen(answersTo(asked, states));
  const changes = planOf(module, answers, given);
  deepStrictEqual(planOf(module, answers, given), changes, "planned twice, it plans something else");
  isPlain(changes);
}

function isEnough(module: AnyModule, kinds: ReadonlyMap<string, AnyKind>, { params, states }: Example): void {
  const asked = module.observe(params);
  const answers = answersTo(asked, states);
  const changes = planOf(module, answers, params);
  const later = mapAnswers(answers, (observed) =>
    changes.reduce((state, change) => under(change, state, kinds), observed),
  );
  const again = planOf(module, later, params).filter((change) => !isAct(change) && change.action !== "check");
  deepStrictEqual(again.map(shortly), [], "after its own changes it still plans");
}

function decides(module: AnyModule, { params, states }: Example): void {
  const asked = module.observe(params);
  const known = planOf(module, answersTo(asked, states), params);
  const unknown = planOf(
    module,
    mapAnswers(answersTo(asked, states), (each) => ({ ...each, state: unsettled("a test") })),
    params,
  );
  const said = new Set(unknown.map(shortly));
  for (const change of known) ok(said.has(shortly(change)), `not planned when unknown: ${shortly(change)}`);
}

function keepsSecrets(module: AnyModule, kinds: ReadonlyMap<string, AnyKind>, { params, states }: Example): void {
  const canary = "canary-4711";
  const secret = Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const { mayBeSecret } = (module.params.properties[key] ?? {}) as { mayBeSecret?: boolean };
      return [key, mayBeSecret && typeof value === "string" ? new Secret(`${value}${canary}`) : value];
    }),
  );
  for (const change of planUnlessRefused(module, secret, states)) {
    const told = { ...change, after: kinds.get(change.kind)?.describe(change.after), before: undefined };
    ok(!JSON.stringify(told).includes(canary), `${shortly(change)} shows a secret`);
    for (const step of change.steps)
      if (step.do === "run") ok(!step.argv.join(" ").includes(canary), "a secret in a command line");
  }
}

/** A module may also say that it takes no secret there. */
function planUnlessRefused(module: AnyModule, params: Example["params"], states: Example["states"]): readonly Change[] {
  try {
    return planOf(module, answersTo(module.observe(params), states), params);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

type Answers = Readonly<Record<string, Observed | readonly Observed[]>>;

function answersTo(asked: Readonly<Record<string, Query | readonly Query[]>>, states: readonly unknown[]): Answers {
  let next = 0;
  const observed = ({ kind, key, via }: Query): Observed => ({
    kind,
    key,
    ...(via !== undefined && { via }),
    state: states[Math.min(next++, states.length - 1)],
  });
  return Object.fromEntries(
    Object.entries(asked).map(([name, query]) => [
      name,
      Array.isArray(query) ? query.map(observed) : observed(query as Query),
    ]),
  );
}

function mapAnswers(answers: Answers, change: (observed: Observed) => Observed): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, each]) => [
      name,
      Array.isArray(each) ? each.map(change) : change(each as Observed),
    ]),
  );
}

/** A planned change laid over an answer, as the engine does it. */
function under(change: Change, observed: Observed, kinds: ReadonlyMap<string, AnyKind>): Observed {
  if (change.kind !== observed.kind || change.key !== observed.key) return observed;
  const kind = kinds.get(change.kind);
  const isMerged =
    isObject(observed.state) && isObject(change.after) && !isUnsettled(observed.state) && !kind?.isAbsent(change.after);
  return {
    ...observed,
    state: isMerged ? { ...(observed.state as object), ...(change.after as object) } : change.after,
  };
}

function planOf(module: AnyModule, answers: Answers, params: Readonly<Record<string, unknown>>): readonly Change[] {
  try {
    return module.plan(answers, params);
  } catch (error) {
    if (error instanceof StepError) return [];
    throw error;
  }
}

/** Data that can be written down: no functions, no instances but secrets. */
function isPlain(value: unknown, path = ""): void {
  if (value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) return;
  if (value instanceof Secret || value instanceof Uint8Array) return;
  ok(isObject(value) || Array.isArray(value), `not plain data at ${path || "the top"}: ${typeof value}`);
  for (const [key, each] of Object.entries(value)) isPlain(each, `${path}.${key}`);
}

function isObject(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}

function shortly({ action, kind, key }: Change): string {
  return `${action} ${kind} ${key}`;
}

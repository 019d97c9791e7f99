import type { Static, TObject } from "typebox";
import type { Change } from "./change.ts";
import type { Answers, Queries } from "./query.ts";
import type { StepOutput } from "./step.ts";

/** What a task calls. It asks and decides; it never acts. */
export interface Module<P extends TObject, Q extends Queries> {
  readonly name: string;
  readonly summary: string;
  /** JSON Schema, the one source of types, checks, defaults and docs. See `ParamWords` for what it may say beyond that. */
  readonly params: P;
  /** The parameter that text after the module's name stands for: `command: ls -l`. */
  readonly freeForm?: string;
  /** Once for all hosts of a batch, as Ansible does it: a pause, a host that is added. */
  readonly runsOnce?: boolean;
  /** It can lock us out: checked, applied under a timer on the host, and confirmed over a new connection. */
  readonly isGuarded?: boolean;
  observe(params: Static<P>): Q;
  /** Pure. An empty list means "already so". A StepError thrown here fails the task. */
  plan(answers: Answers<Q>, params: Static<P>): readonly Change[];
  /** What `register` gets beside `changed`: pure as well. Fields are described by `returns`. */
  result?(made: Made<Q>, params: Static<P>): Readonly<Record<string, unknown>>;
  readonly returns?: TObject;
  /** What the engine keeps of a result for later tasks: `ansible_facts` as facts, as set facts or as included variables; hosts. */
  readonly remembers?: "facts" | "setFacts" | "included" | "hosts";
}

/** What a module's result is made of. In a plan, `after` is what is planned and there are no outputs. */
export interface Made<Q extends Queries> {
  readonly before: Answers<Q>;
  readonly after: Answers<Q>;
  readonly changes: readonly Change[];
  /** Of the steps that were taken, in order. */
  readonly outputs: readonly StepOutput[];
}

/**
 * What a parameter's schema may say beyond JSON Schema, for the language to act on before a module sees the value:
 * - `aliases`: other names for it;
 * - `local`: a path of the controller's. `file` becomes a LocalFile, `tree` a folder's path, `either` one of them, `template` the
 *   rendered text, `path` only a path, found or beside the playbook; `command` the file that a line begins with and the
 *   rest of it, `vars` and `varsTree` the variables in a file or folder; looked for as Ansible does. `unless` names a
 *   boolean parameter that makes it a path of the host's instead;
 * - `expression`: the text is an expression; the value is `{ source, value }`;
 * - `mayBeSecret`: a Secret is handed on as it is; elsewhere it is handed on as text, and hidden in what we print;
 * - `split`: a text with commas stands for a list;
 * - `variable`: nobody writes it: it is the value of that variable; `variablesNamedBy`: it is the values of the variables
 *   that are keys of that parameter;
 * - `refused`: Ansible has it, we do not: the reason, which a playbook that uses it is told.
 */
export interface ParamWords {
  readonly aliases?: readonly string[];
  readonly local?: "file" | "tree" | "either" | "template" | "path" | "command" | "vars" | "varsTree";
  readonly unless?: string;
  readonly expression?: boolean;
  readonly mayBeSecret?: boolean;
  readonly split?: boolean;
  readonly variable?: string;
  readonly variablesNamedBy?: string;
  readonly refused?: string;
}

/** Types are inferred from the schema and the queries: an author writes none. */
export function defineModule<P extends TObject, Q extends Queries>(module: Module<P, Q>): Module<P, Q> {
  return module;
}

/** Any module, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where modules of all types meet
export type AnyModule = Module<any, any>;

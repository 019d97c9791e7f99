import type { Place } from "@evenkeel/core";

/** Where something is in a template: counted from 1, and as a place when it is known where the template stands. */
export interface Spot {
  readonly line: number;
  readonly column: number;
  readonly place?: Place;
}

/** A variable that a template gets from outside. */
export interface VariableUse extends Spot {
  readonly name: string;
  /** What is taken of it, as far as that is written out: `result.results[0].rc` takes `results`, `0`, `rc`. */
  readonly path: readonly (string | number)[];
  /** That there is no such variable does no harm here: it has a default, or was asked for with `is defined`. */
  readonly isGuarded: boolean;
  /** The same for what is taken of it. */
  readonly isPathGuarded: boolean;
}

/** A filter, a test or a lookup by its name; or another template. */
export interface NameUse extends Spot {
  readonly name: string;
}

export interface TemplateUse extends NameUse {
  readonly how: "include" | "import" | "extends";
  /** Nothing happens when it is not there, or another is taken instead. */
  readonly isOptional: boolean;
}

/** What a template uses, as far as that can be told without rendering it. */
export interface Analysis {
  readonly variables: readonly VariableUse[];
  readonly filters: readonly NameUse[];
  readonly tests: readonly NameUse[];
  readonly lookups: readonly NameUse[];
  /** Names that are no variables: `range`, `now`, and those of the environment. */
  readonly globals: readonly NameUse[];
  readonly templates: readonly TemplateUse[];
}

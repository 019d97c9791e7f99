import type { UndefinedVariable } from "../undefined-variable.ts";
import type { Position } from "./fault.ts";

/**
 * Stands for a value that is not there. It travels through attribute lookups, filters and calls as any value does, and is
 * an error only where it is used; `default` and `is defined` look at it.
 */
export abstract class Marker {
  /** Where the template asks for it. */
  at: Position | undefined;

  /** Uses it: an error. */
  trip(): never {
    throw new Tripped(this);
  }
}

/** What else is known of a value that is not there. */
interface UndefinedFacts {
  /** What was looked for, and what there was to choose from: for "did you mean". */
  readonly wanted?: string | undefined;
  readonly candidates?: (() => Iterable<string>) | undefined;
  /** What made it so, when that was found elsewhere: in the template of the variable that was asked for. */
  readonly origin?: UndefinedVariable;
}

/** No such variable, attribute or element. */
export class Undefined extends Marker {
  readonly message: string;
  /** The name of the variable, if it is one. */
  readonly variable: string | undefined;
  readonly facts: UndefinedFacts;

  constructor(message: string, variable?: string, facts: UndefinedFacts = {}) {
    super();
    this.message = message;
    this.variable = variable;
    this.facts = facts;
  }
}

/** A filter, a test or a call went wrong; that matters only if its result is used. */
export class Failed extends Marker {
  readonly error: unknown;

  constructor(error: unknown, at: Position) {
    super();
    this.error = error;
    this.at = at;
  }
}

/** A marker was used. */
export class Tripped extends Error {
  readonly marker: Marker;

  constructor(marker: Marker) {
    super("a value that is not there was used");
    this.name = new.target.name;
    this.marker = marker;
  }
}

import type { Frame } from "./frame.ts";
import type { Sink } from "./sink.ts";

/** An expression, ready to be computed. */
export type Evaluate = (frame: Frame) => unknown;

/** A statement, ready to be run; what it gives tells a loop around it to end, or to go on with its next element. */
export type Execute = (frame: Frame, sink: Sink) => Jump | undefined;
export type Jump = "break" | "continue";

export interface CompiledBlock {
  readonly run: Execute;
  readonly isRequired: boolean;
}

/** An expression that stands by itself. */
export interface CompiledExpression {
  readonly evaluate: Evaluate;
  readonly changesData: boolean;
}

/** A template, ready to be rendered. */
export interface CompiledTemplate {
  readonly run: Execute;
  readonly blocks: ReadonlyMap<string, CompiledBlock>;
  /** It may change lists or dicts in place. */
  readonly changesData: boolean;
}

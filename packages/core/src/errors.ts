/** Where a mistake was written. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What every error of ours says beside its text. */
export interface ErrorFacts {
  /** Stable, for code to branch on: `area/what`. */
  readonly code: string;
  readonly message: string;
  readonly place?: Place;
  readonly host?: string;
  readonly task?: string;
  /** What was seen, in the words of whoever said it: a tool's output, a frame of the playbook. */
  readonly detail?: string;
  /** What to do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

abstract class EvenkeelError extends Error {
  readonly code: string;
  readonly place?: Place;
  readonly host?: string;
  readonly task?: string;
  readonly detail?: string;
  readonly hint?: string;

  constructor({ message, cause, ...facts }: ErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = facts.code;
    Object.assign(this, facts);
  }
}

/** The playbook, inventory or command line is wrong: raised before any host is touched. */
export class InputError extends EvenkeelError {}

/** A host could not be reached, or could not be trusted. */
export class ConnectError extends EvenkeelError {}

/** A host said no. */
export class StepError extends EvenkeelError {}

/** We are wrong: a bug of Evenkeel's. */
export class InternalError extends EvenkeelError {}

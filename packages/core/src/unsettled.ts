/** Stands for what cannot be known yet: a change planned earlier in this run decides it. Plain data, with its reason. */
export interface Unsettled {
  readonly unsettled: string;
}

/** `because` completes "known after apply, because …". */
export function unsettled(because: string): Unsettled {
  return { unsettled: because };
}

export function isUnsettled(state: unknown): state is Unsettled {
  return typeof state === "object" && state !== null && "unsettled" in state;
}

/** Thrown where a value is needed that cannot be known yet. It is no mistake: a plan says so, and goes on. */
export class UnsettledValue extends Error {
  readonly because: string;

  constructor(because: string) {
    // No mistake, so nobody wants to know where it was made; and a trace costs more than all else about it.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`known after apply: ${because}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    this.because = because;
  }
}

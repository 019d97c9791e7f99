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

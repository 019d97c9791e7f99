/** Variables as one task sees them: each is resolved when it is asked for. */
export interface Scope {
  has(name: string): boolean;
  /** Throws when there is none, or when what it is made of cannot be known yet. */
  get(name: string): unknown;
  /** All names, for did-you-mean. */
  names(): Iterable<string>;
  /** The same with more on top: a loop's item, a task's result. What is added is data, never a template. */
  with(values: Readonly<Record<string, unknown>>): Scope;
}

/** What a playbook leaves open until it runs: a text with expressions in it, a condition, or simply a value. */
export interface Open<T = unknown> {
  /** As it was written. */
  readonly source: unknown;
  resolve(scope: Scope): T;
}

/** What a host has come to know in a run. All of that is data. */
export interface HostMemory {
  readonly name: string;
  /** The hosts that are worked on together with this one; none before its play has begun. */
  readonly batch?: readonly string[];
  /** Asked before what another host has come to know is looked at: throws while that host is still on its way to here. */
  demandAsFar?(other: string): void;
  readonly facts: Record<string, unknown>;
  readonly setFacts: Record<string, unknown>;
  readonly registered: Record<string, unknown>;
  readonly included: Record<string, unknown>;
}

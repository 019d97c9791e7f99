import type { AnyModule, Place } from "@evenkeel/core";

/** A playbook whose every key and parameter has been checked. */
export interface Play {
  readonly name: string;
  readonly hosts: string;
  readonly become: boolean;
  readonly tasks: readonly Task[];
  readonly place: Place;
}

export interface Task {
  readonly name: string;
  readonly module: AnyModule;
  readonly params: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

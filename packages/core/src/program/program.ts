import type { Place } from "../errors.ts";
import type { AnyModule } from "../module.ts";
import type { HostMemory, Open, Scope } from "./scope.ts";

/** A playbook, checked and ready to run: what blocks and plays hand down has been handed down to every task. */
export interface Program {
  readonly plays: readonly Play[];
  /** Names the program in hosts' records: the same for the same playbook, wherever it lies. */
  readonly name: string;
}

export interface Play {
  readonly name: string;
  readonly place: Place;
  /** In the inventory's order, limited as asked. Asked when the play begins: earlier ones may have added hosts. */
  hosts(run: RunFacts): readonly string[];
  /** Facts are gathered first (`setup`), where wanted; then pre_tasks, roles, tasks and post_tasks, handlers flushed in between. */
  readonly nodes: readonly Node[];
  readonly handlers: readonly Handler[];
  /** Sizes of batches: a number of hosts, or a share such as `30%`; the last one repeats. */
  readonly serial: readonly (number | `${number}%`)[];
  readonly maxFailPercentage?: number;
  readonly anyErrorsFatal: boolean;
  /** `free`: hosts do not even wait where order could be seen. */
  readonly strategy: "linear" | "free";
  readonly runsHandlersOnFailure: boolean;
}

export type Node = Task | Block | Include | Meta;

export interface Block {
  readonly node: "block";
  readonly name: string;
  readonly place: Place;
  readonly nodes: readonly Node[];
  readonly rescue: readonly Node[];
  readonly always: readonly Node[];
  /** Its tasks are those of this use of a role, which `end_role` leaves. */
  readonly role?: string;
  /** Passed over on such a host, as if it was not there: a role that has run before. */
  isLeftOut?(memory: HostMemory): boolean;
}

/** Tasks that are only known when it runs: include_tasks, include_role. Read for each host (and each item) that gets there. */
export interface Include extends Guarded {
  readonly node: "include";
  /** What it reads is this very task: that counts, and not that it was included. */
  readonly isItself?: true;
  /** The tasks, read and checked now, with the include's own variables in their scope. */
  read(scope: Scope): Promise<{ readonly nodes: readonly Node[]; readonly handlers: readonly Handler[] }>;
}

export interface Meta extends Guarded {
  readonly node: "meta";
  readonly action:
    | "flush_handlers"
    | "clear_facts"
    | "clear_host_errors"
    | "end_host"
    | "end_play"
    | "end_batch"
    | "end_role"
    | "refresh_inventory"
    | "reset_connection"
    | "noop";
  /** What `end_role` ends. */
  readonly role?: string;
}

/** What decides whether and how often a node runs. */
interface Guarded {
  /** Stable within the playbook: where it stands, not how it is named. */
  readonly id: string;
  readonly name: Open<string>;
  readonly place: Place;
  /** All must be true, asked in this order; for each item of a loop. */
  readonly when: readonly Open<boolean>[];
  readonly loop?: Loop;
  readonly runsOnce: Open<boolean>;
  /** Variables as this node sees them on a host. */
  scope(memory: HostMemory): Scope;
}

export interface Task extends Guarded {
  readonly node: "task";
  readonly module: AnyModule;
  /** The module's parameters, resolved and checked; an InputError with its place when they are not right. */
  readonly params: Open<Readonly<Record<string, unknown>>>;
  readonly register?: string;
  readonly changedWhen?: readonly Open<boolean>[];
  readonly failedWhen?: readonly Open<boolean>[];
  readonly until?: Until;
  readonly ignoresErrors: Open<boolean>;
  readonly ignoresUnreachable: Open<boolean>;
  readonly isSilent: Open<boolean>;
  /** `check_mode: false` runs a task in a plan, too; true only ever plans it. */
  readonly checkMode?: Open<boolean>;
  readonly showsDiff?: Open<boolean>;
  readonly anyErrorsFatal: Open<boolean>;
  /** Undefined: on its own host after all. */
  readonly delegateTo?: Open<string | undefined>;
  readonly delegatesFacts: Open<boolean>;
  readonly throttle?: Open<number>;
  readonly background?: { readonly seconds: Open<number>; readonly poll: Open<number> };
  readonly timeoutSeconds?: Open<number>;
  readonly environment: Open<Readonly<Record<string, string>>>;
  readonly become: Open<Become | undefined>;
  /** Names of handlers, or what they listen to. */
  readonly notify: Open<readonly string[]>;
  readonly isGuarded: boolean;
}

/** A handler is a task (or an include) that runs when it is called. */
export interface Handler {
  readonly id: string;
  readonly node: Task | Include;
  readonly name: Open<string>;
  readonly listen: readonly string[];
  /** Handlers of a role are also called `role : name`. */
  readonly role?: string;
}

export interface Become {
  readonly user: string;
  readonly method: "sudo" | "su" | "doas";
  readonly flags?: string;
}

export interface Loop {
  /** The items; for `with_*`, after its lookup. */
  readonly items: Open<readonly unknown[]>;
  readonly variable: string;
  readonly indexVariable?: string;
  readonly label?: Open<unknown>;
  readonly pauseSeconds?: Open<number>;
  readonly isExtended: boolean;
  readonly breakWhen?: readonly Open<boolean>[];
}

export interface Until {
  readonly conditions: readonly Open<boolean>[];
  readonly retries: Open<number>;
  readonly delaySeconds: Open<number>;
}

/** What plays ask about a run: which hosts there are now, and who is out of it. */
export interface RunFacts {
  readonly failed: ReadonlySet<string>;
  readonly added: readonly AddedHost[];
}

/** What `add_host` and `group_by` said. */
export interface AddedHost {
  readonly name: string;
  readonly groups: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

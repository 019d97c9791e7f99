import type { AnyKind, Become, Change, HostMemory, HostPort } from "@evenkeel/core";
import { InternalError } from "@evenkeel/core";
import { becomesRoot } from "./becomes-root.ts";
import type { HostTally, Outcome } from "./events.ts";
import { recordsKind } from "./first-questions.ts";
import { Ledger } from "./ledger/ledger.ts";
import type { HostRecords, Pending } from "./ledger/records.ts";
import type { Run } from "./run.ts";
import { Turns } from "./turns.ts";
import type { Account } from "./world.ts";
import { World } from "./world.ts";

/** A way to a host, over which it can be several users. */
export interface Reach {
  as(become?: Become): HostPort;
  /** Lets go of the connection; the next question makes a new one. */
  reset(): Promise<void>;
  /** Over a connection of its own, made for this: proves that one can still be made. */
  anew<T>(become: Become | undefined, work: (port: HostPort) => Promise<T>): Promise<T>;
}

/** One host in one run: what it remembers, what is known of it, and what it has come to. */
export class HostRun {
  readonly name: string;
  readonly memory: HostMemory;
  readonly world: World;
  readonly reach: Reach;
  readonly ledger: Ledger;
  readonly ledgerAccount: Account;
  /** One task at a time, also of those that others delegate to it. */
  readonly turns = new Turns();
  /** Handlers that have been called and have not run, by their id. */
  readonly called = new Map<string, Pending>();
  /** Kinds whose changes leave something to do at the end of the play. */
  readonly unfinished = new Map<string, Change[]>();
  /** Left by earlier runs, and already called for. */
  readonly seeded = new Set<string>();
  readonly #counts = { ok: 0, changed: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unreachable: false };
  readonly #accounts = new Map<string, Account>();
  readonly #isReadOnly: boolean;
  /** Whether a play is for it. To others, tasks are only delegated: they count where they come from. */
  isInPlay = false;
  /** What the host's records said; none before they were read. */
  records: HostRecords | undefined;
  /** Names what this run does in the host's records; that of an earlier run, when this one goes on with it. */
  run: string;

  constructor(name: string, id: string, run: Run, kinds: ReadonlyMap<string, AnyKind>) {
    this.name = name;
    this.run = id;
    this.memory = run.memory(name);
    this.reach = run.reach(name);
    this.#isReadOnly = run.mode === "plan";
    const become = becomesRoot(run, this.memory) ? ({ user: "root", method: "sudo" } as const) : undefined;
    // Taking the lock is the one thing that even a plan's account could do, and only an apply asks for it.
    this.ledgerAccount = this.account(become);
    this.ledger = new Ledger(this.ledgerAccount.port, run.holder);
    const records = recordsKind(this.ledger);
    this.world = new World(new Map([...kinds, [records.name, records]]));
  }

  /** The host as one of its users. In a plan it holds nothing that could write. */
  account(become: Become | undefined, writes = !this.#isReadOnly): Account {
    const user = become ? `${become.method} ${become.user} ${become.flags ?? ""}` : "";
    const id = `${writes} ${user}`;
    const known = this.#accounts.get(id);
    if (known) return known;
    const port = this.reach.as(become);
    const account = { user, port: writes ? port : readOnly(port) };
    this.#accounts.set(id, account);
    return account;
  }

  /** What failed, and does not matter, may have changed something all the same. */
  count(outcome: Outcome, isChanged = outcome === "changed"): void {
    if (outcome === "unreachable") this.#counts.unreachable = true;
    else if (outcome === "changed" || outcome === "ignored") {
      this.#counts.ok++;
      if (isChanged) this.#counts.changed++;
      if (outcome === "ignored") this.#counts.ignored++;
    } else if (outcome !== "unknown") this.#counts[outcome]++;
  }

  /** What a task failed at is for a rescue to make good. */
  countRescue(): void {
    this.#counts.failed--;
    this.#counts.rescued++;
  }

  get tally(): HostTally {
    return { ...this.#counts };
  }
}

function readOnly(port: HostPort): HostPort {
  const refuse = (): never => {
    throw new InternalError({ code: "runner/plan-writes", message: "a plan tried to change a host" });
  };
  return {
    exchange: (reads, options) => port.exchange(reads, options),
    tunnel: (door) => port.tunnel(door),
    get: (path, sink) => port.get(path, sink),
    job: refuse,
    start: refuse,
    put: refuse,
    putTree: refuse,
  };
}

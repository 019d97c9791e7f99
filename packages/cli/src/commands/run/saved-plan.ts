import { randomBytes, scryptSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { AnyKind, Change } from "@evenkeel/core";
import { InputError, isUnsettled, Secret, StepError } from "@evenkeel/core";
import type { RunEvent } from "@evenkeel/runner";
import { changeJson } from "./event-json.ts";

/** What a plan was made of, to make it again. Values given with `-e` are not kept, only that they were: they may be secret. */
export interface PlannedCommand {
  readonly playbook: string;
  readonly inventory: readonly string[];
  readonly limit?: string;
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  readonly givenVariables: readonly string[];
}

/** One planned change. What it holds is for people to read; what it is compared by are its digests. */
interface PlannedChange {
  readonly host: string;
  readonly task: string;
  readonly item?: string;
  readonly kind: string;
  readonly key: string;
  readonly action: string;
  readonly before?: string;
  readonly after: string;
  readonly shown: unknown;
}

interface PlanFile {
  readonly evenkeelPlan: 1;
  readonly made: string;
  readonly salt: string;
  readonly command: PlannedCommand;
  readonly changes: readonly PlannedChange[];
}

/** A plan as it was shown: it can be kept in a file, and compared with what is planned now. */
export class SavedPlan {
  readonly command: PlannedCommand;
  readonly #kinds: ReadonlyMap<string, AnyKind>;
  readonly #salt: string;
  readonly #changes: PlannedChange[];
  readonly #made: string;

  private constructor(
    kinds: ReadonlyMap<string, AnyKind>,
    { command, salt, changes, made }: Omit<PlanFile, "evenkeelPlan">,
  ) {
    this.#kinds = kinds;
    this.command = command;
    this.#salt = salt;
    this.#changes = [...changes];
    this.#made = made;
  }

  static empty(
    command: PlannedCommand,
    kinds: ReadonlyMap<string, AnyKind>,
    salt = randomBytes(16).toString("hex"),
  ): SavedPlan {
    return new SavedPlan(kinds, { command, salt, changes: [], made: new Date().toISOString() });
  }

  static read(path: string, kinds: ReadonlyMap<string, AnyKind>): SavedPlan {
    return new SavedPlan(kinds, JSON.parse(readFileSync(path, "utf8")) as PlanFile);
  }

  /** A plan that is made anew to be compared with this one. */
  again(): SavedPlan {
    return SavedPlan.empty(this.command, this.#kinds, this.#salt);
  }

  note(event: RunEvent): void {
    if (event.type !== "change") return;
    const { host, task, item, change } = event;
    this.#changes.push(this.#planned({ host, task, ...(item !== undefined && { item }) }, change));
  }

  /** For its owner only: it tells what is on hosts. */
  write(path: string): void {
    const file: PlanFile = {
      evenkeelPlan: 1,
      made: this.#made,
      salt: this.#salt,
      command: this.command,
      changes: this.#changes,
    };
    writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  }

  /** Throws when what is planned now is not what was planned then, and says where they differ. */
  demandSame(now: SavedPlan): void {
    const [then, today] = [count(this.#changes), count(now.#changes)];
    const gone = this.#changes.filter((change) => !today.has(idOf(change)));
    const fresh = now.#changes.filter((change) => !then.has(idOf(change)));
    if (gone.length === 0 && fresh.length === 0) return;
    const names = new Set([...gone, ...fresh].map(({ host, kind, key }) => `${host}  ${kind} ${key}`));
    throw new StepError({
      code: "plan/drifted",
      message: `since ${this.#made} these have drifted, or the playbook has changed`,
      detail: [...names].join("\n"),
      hint: "nothing was changed; look at a new plan",
    });
  }

  /** Whether a change is one of those that were planned. */
  demandPlanned(host: string, change: Change): void {
    const isPlanned = this.#changes.some(
      (each) =>
        each.host === host && each.kind === change.kind && each.key === change.key && each.action === change.action,
    );
    if (isPlanned) return;
    throw new StepError({
      code: "plan/not-planned",
      message: `${change.kind} ${change.key} would be changed, and the plan does not say so`,
      hint: "this and what follows was not changed; look at a new plan",
    });
  }

  #planned(at: Pick<PlannedChange, "host" | "task" | "item">, change: Change): PlannedChange {
    const { kind, key, action, before, after } = change;
    return {
      ...at,
      kind,
      key,
      action,
      ...(!isUnsettled(before) && { before: this.#digest(before) }),
      after: this.#digest([after, change.steps]),
      shown: changeJson(change, this.#kinds, false),
    };
  }

  /** Slow enough that a short secret cannot be guessed from it. */
  #digest(value: unknown): string {
    let isSecret = false;
    const text = JSON.stringify(value, function (this: Record<string, unknown>, key, each) {
      const own = this[key];
      if (!(own instanceof Secret)) return each;
      isSecret = true;
      return own.reveal();
    });
    return scryptSync(text ?? "", this.#salt, 16, { N: isSecret ? 16_384 : 2, r: 8, p: 1 }).toString("hex");
  }
}

/** Whether a file is a saved plan, and not a playbook. */
export function isSavedPlan(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError({ code: "cli/unreadable", message: `cannot read ${path}`, cause });
  }
  return text.trimStart().startsWith("{") && text.includes('"evenkeelPlan": 1');
}

function idOf({ host, task, item, kind, key, action, before, after }: PlannedChange): string {
  return JSON.stringify([host, task, item, kind, key, action, before, after]);
}

function count(changes: readonly PlannedChange[]): Set<string> {
  return new Set(changes.map(idOf));
}

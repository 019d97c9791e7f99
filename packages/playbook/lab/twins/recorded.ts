import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "./outcome.ts";
import { folder } from "./twins.ts";

/** What Ansible came to with the quickest playbooks, so that every day can do without it. */
export interface Recorded {
  readonly ansible: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

const file = join(folder, "recorded.json");

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}

/** Puts down what one playbook came to now, where it is one of those that are kept. */
export function record(ansible: string, playbook: string, outcome: Outcome): void {
  const { outcomes } = readRecorded();
  if (!(playbook in outcomes)) return;
  const recorded: Recorded = { ansible, outcomes: { ...outcomes, [playbook]: outcome } };
  writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
}

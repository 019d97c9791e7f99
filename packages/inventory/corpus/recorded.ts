import { readFileSync } from "node:fs";

/** What real Ansible prints of an inventory. */
export interface Recording {
  readonly list: string;
  readonly export: string;
  readonly yaml: string;
  readonly graph: string;
  readonly hosts: Readonly<Record<string, string>>;
}

export const recordedFile = new URL("./recorded.json", import.meta.url);

/** What it printed of all cases when `lab/ansible-inventory.lab.ts` last ran with EVENKEEL_RECORD=1. */
export function readRecorded(): Readonly<Record<string, Recording>> {
  return JSON.parse(readFileSync(recordedFile, "utf8")) as Record<string, Recording>;
}

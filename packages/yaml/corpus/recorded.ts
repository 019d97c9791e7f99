import { readFileSync } from "node:fs";

/** What real Ansible made of a snippet. */
export type Outcome = { readonly value: unknown } | { readonly error: string };

export const recordedFile = new URL("./recorded.json", import.meta.url);

/** What it made of all of them when `lab/ansible.lab.ts` last ran with EVENKEEL_RECORD=1. */
export function readRecorded(): Readonly<Record<string, Outcome>> {
  return JSON.parse(readFileSync(recordedFile, "utf8")) as Record<string, Outcome>;
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";

/** What a host said to an example's questions, in their order: before the task, and after it. */
export interface RecordedAnswers {
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
}

const path = join(import.meta.dirname, "fixtures/answers-of-a-host.json");

/** Answers of a real host, by the examples' titles; `EVENKEEL_RECORD=1` with the lab's laws asks one again. */
export function recordedAnswers(): ReadonlyMap<string, RecordedAnswers> {
  const all = JSON.parse(readFileSync(path, "utf8"), revive) as Readonly<Record<string, RecordedAnswers>>;
  return new Map(Object.entries(all));
}

export function recordAnswers(answers: ReadonlyMap<string, RecordedAnswers>): void {
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(answers), replace, 1)}\n`);
}

/** What is no JSON: bytes, and the secrets of a host that nobody has anything of. */
function replace(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const own = this[key];
  if (own instanceof Secret) return { $secret: own.reveal() };
  if (own instanceof Uint8Array) return { $bytes: Buffer.from(own).toString("base64") };
  return value;
}

function revive(_key: string, value: unknown): unknown {
  const { $secret, $bytes } = (value ?? {}) as { readonly $secret?: string; readonly $bytes?: string };
  if ($secret !== undefined) return new Secret($secret);
  return $bytes === undefined ? value : new Uint8Array(Buffer.from($bytes, "base64"));
}

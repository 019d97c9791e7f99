import { isDeepStrictEqual } from "node:util";
import type { Case, Table } from "./table.ts";
import type { Came, Result } from "./twins.ts";

/** What is not alike: where, and what each of the two has. */
export interface Difference {
  /** `0.changed`: a task, from 0, and a field of its result in some run; or `state`. */
  readonly where: string;
  readonly ansible: unknown;
  readonly evenkeel: unknown;
}

const always = ["changed", "failed", "skipped"];

/** All that is not alike, in both runs and in the end. */
export function compare(table: Table, each: Case, ansible: Came, evenkeel: Came): readonly Difference[] {
  const fields = [...always, ...(each.fields ?? table.fields ?? [])];
  const differences: Difference[] = [];
  for (const [run, results] of ansible.runs.entries()) {
    for (const [task, theirs] of results.entries()) {
      const ours = evenkeel.runs[run]?.[task];
      for (const field of fields) {
        const [one, other] = [fieldOf(theirs, field), fieldOf(ours, field)];
        if (!isDeepStrictEqual(one, other)) {
          differences.push({
            where: `${task}.${field}`,
            ansible: { run, value: one },
            evenkeel: { run, value: other },
          });
        }
      }
    }
  }
  if (ansible.state !== evenkeel.state) {
    differences.push({ where: "state", ansible: ansible.state, evenkeel: evenkeel.state });
  }
  return differences;
}

/** A difference in few lines. */
export function told({ where, ansible, evenkeel }: Difference): string {
  if (where === "state") return `state\n${lineDifference(String(ansible), String(evenkeel))}`;
  return `${where}\n  Ansible  ${JSON.stringify(ansible)}\n  ours     ${JSON.stringify(evenkeel)}`;
}

function lineDifference(one: string, other: string): string {
  const [theirs, ours] = [one.split("\n"), other.split("\n")];
  const only = (lines: readonly string[], others: readonly string[], sign: string) =>
    lines.filter((line) => !others.includes(line)).map((line) => `  ${sign} ${line}`);
  return [...only(theirs, ours, "Ansible "), ...only(ours, theirs, "ours    ")].join("\n");
}

/** The numbers of the tasks that failed in the first run; nothing when it did not even get to its end. */
export function failedTasks({ runs: [first = []] }: Came): readonly number[] | undefined {
  return first.length === 0 ? undefined : first.flatMap(({ failed }, index) => (failed === true ? [index] : []));
}

/** Of a loop, of each item. */
function fieldOf(result: Result | undefined, path: string): unknown {
  const own = path.split(".").reduce<unknown>((value, name) => inner(value, name), result);
  const value = always.includes(path) ? own === true : own;
  const items = result?.results;
  if (!Array.isArray(items)) return value ?? null;
  return [value ?? null, ...items.map((item) => fieldOf(item as Result, path))];
}

function inner(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Result)[name] : undefined;
}

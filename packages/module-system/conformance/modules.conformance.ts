import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compare, failedTasks, told } from "./compare.ts";
import { readTables } from "./table.ts";
import { Twins } from "./twins.ts";

/**
 * Each case runs twice with real Ansible on one host and twice with ours on its twin: the same end state, the same `changed`,
 * the same fields. `EVENKEEL_CONFORMANCE=ansible` runs that half alone, to check the tables.
 */
const isHalf = process.env.EVENKEEL_CONFORMANCE === "ansible";
let twins: Twins;
beforeAll(async () => {
  twins = await Twins.boot();
});
afterAll(() => twins[Symbol.asyncDispose]());

for (const table of readTables()) {
  describe(table.module, () => {
    for (const each of table.cases) {
      test(each.name, async () => {
        const [ansible, evenkeel] = await Promise.all([
          twins.run(twins.ansible, table, each),
          isHalf ? undefined : twins.run(twins.evenkeel, table, each),
        ]);
        expect(failedTasks(ansible), ansible.said).toEqual(each.fails ?? []);
        if (evenkeel === undefined) return;
        const known = each.differs ?? {};
        const found = compare(table, each, ansible, evenkeel);
        const unknown = found.filter(({ where }) => !(where in known)).map(told);
        expect(unknown.join("\n"), failures(evenkeel.said)).toBe("");
        const gone = Object.keys(known).filter((where) => !found.some((difference) => difference.where === where));
        expect(gone, "listed as different, and alike").toEqual([]);
      });
    }
  });
}

/** Of our events, those that tell of a failure; and what is no event. */
function failures(said: string): string {
  const lines = said.split("\n").filter((line) => !line.startsWith("{") || line.startsWith('{"type":"failed"'));
  return lines.join("\n").slice(-4000);
}

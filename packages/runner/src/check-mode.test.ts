import { isUnsettled, UnsettledValue } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { FakeHost } from "./testing/fake-host.ts";
import { fixed, open, play, task } from "./testing/program-of.ts";
import { outcomes, runOn } from "./testing/run-on.ts";
import { doAct, setThing } from "./testing/thing.ts";

describe("a task that runs in a plan, too", () => {
  const look = task(doAct, { what: "fail" }, { name: "look", checkMode: fixed(false), register: "seen" });
  const use = task(
    setThing,
    open((get) => {
      const seen = get("seen");
      if (isUnsettled(seen)) throw new UnsettledValue(seen.unsettled);
      return { name: "b", value: String(seen) };
    }),
    { name: "use" },
  );

  test("and fails, is not known yet where something is planned that it may need", async () => {
    const one = new FakeHost();
    const make = task(setThing, { name: "a", value: "1" }, { name: "make" });
    const { events, tallies } = await runOn({ one }, [play([make, look, use])], { mode: "plan" });
    expect(outcomes(events)).toEqual(["one make: changed", "one look: unknown", "one use: unknown"]);
    expect(events).toContainEqual(
      expect.objectContaining({ because: "it fails as the host is now, and thing a is planned before it" }),
    );
    expect(tallies.one).toMatchObject({ failed: 0 });
  });

  test("and fails, has failed where nothing is planned before it, and in an apply", async () => {
    const one = new FakeHost();
    const nothing = await runOn({ one }, [play([look])], { mode: "plan" });
    expect(outcomes(nothing.events)).toEqual(["one look: failed"]);
    const make = task(setThing, { name: "a", value: "1" }, { name: "make" });
    const applied = await runOn({ one }, [play([make, look])]);
    expect(outcomes(applied.events)).toEqual(["one make: changed", "one look: failed"]);
  });
});

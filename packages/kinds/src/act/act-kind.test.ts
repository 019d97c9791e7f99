import { expect, test } from "vitest";
import { undone } from "./act-kind.ts";
import { http } from "./http.ts";

test("an act is done each time that it is asked for, and says what it may write", () => {
  const wanted = { action: "run", steps: [], shows: { expects: "200" }, touches: ["/srv/page"] } as const;
  const [change] = http.ensure(undone("http", "GET http://x/"), wanted);
  expect(change).toMatchObject({ kind: "http", action: "run", undo: [], interrupts: "nothing" });
  expect(change && http.unsettles?.(change)).toEqual([
    { kind: "file", key: "/srv/page", because: "GET http://x/ may write it" },
  ]);
  expect(change && http.describe(change.after)).toEqual({ expects: "200" });
});

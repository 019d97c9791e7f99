import { expect, test } from "vitest";
import { gather } from "./gather.ts";

test("results come in order, one after the other", async () => {
  let running = 0;
  const results = await gather([3, 1, 2], async (item) => {
    expect(running++).toBe(0);
    await Promise.resolve();
    running--;
    return item * 10;
  });
  expect(results).toEqual([30, 10, 20]);
});

test("all that fails is told, the same thing once", async () => {
  const same = new Error("same");
  const failing = (errors: readonly Error[]) => gather(errors, (error) => Promise.reject(error));
  await expect(failing([same, same])).rejects.toBe(same);
  const other = new Error("other");
  await expect(failing([same, other])).rejects.toMatchObject({ errors: [same, other] });
});

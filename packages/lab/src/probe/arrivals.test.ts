import { expect, test } from "vitest";
import { Arrivals } from "./arrivals.ts";

test("a late look takes all that were due, at the moments that were fixed beforehand", () => {
  const arrivals = new Arrivals({ start: 1000, rate: 10, seconds: 1, phase: 0.5 });
  expect(take(arrivals, 1049)).toEqual([]);
  expect(arrivals.next).toBe(1050);
  expect(take(arrivals, 1350)).toEqual([1050, 1150, 1250, 1350]);
  expect(take(arrivals, 9999)).toEqual([1450, 1550, 1650, 1750, 1850, 1950]);
  expect(arrivals.next).toBeUndefined();
});

test("without an end there is always a next one", () => {
  const arrivals = new Arrivals({ start: 0, rate: 300, seconds: Number.POSITIVE_INFINITY, phase: 0 });
  expect(take(arrivals, 3_600_000)).toHaveLength(300 * 3600 + 1);
  expect(arrivals.next).toBeGreaterThan(3_600_000);
});

function take(arrivals: Arrivals, now: number): number[] {
  const taken: number[] = [];
  for (let at = arrivals.take(now); at !== undefined; at = arrivals.take(now)) taken.push(at);
  return taken;
}

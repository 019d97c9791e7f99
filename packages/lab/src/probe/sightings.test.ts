import { expect, test } from "vitest";
import { Sightings } from "./sightings.ts";

test("tells when each value was first and last seen, in order of appearance", () => {
  const sightings = new Sightings();
  for (const [value, at] of [
    ["r2", 30],
    ["r1", 10],
    [undefined, 15],
    ["r1", 20],
    ["r2", 25],
  ] as const) {
    sightings.see(value, at);
  }
  expect(sightings.report()).toEqual([
    { value: "r1", count: 2, first: 10, last: 20 },
    { value: "r2", count: 2, first: 25, last: 30 },
  ]);
});

test("counts together what is too varied to keep", () => {
  const sightings = new Sightings();
  for (let value = 0; value < 5000; value += 1) sightings.see(`${value}`, value);
  expect(sightings.report()).toHaveLength(1001);
  expect(sightings.report().at(-1)).toEqual({ value: "(others)", count: 4000, first: 1000, last: 4999 });
});

import { expect, test } from "vitest";
import { WholeLines } from "./whole-lines.ts";

test("what came in pieces is told in whole lines and letters, and its end at the end", () => {
  const told: string[] = [];
  const lines = new WholeLines((stream, text) => told.push(`${stream} ${text}`));
  for (const piece of ["one\ntwo", " is not split\nthr"]) lines.take("stdout", Buffer.from(piece));
  lines.take("stderr", Buffer.from("meanwhile\r"));
  const [first, second] = [Buffer.from("eé").subarray(0, 2), Buffer.from("eé").subarray(2)];
  lines.take("stdout", first);
  lines.take("stdout", second);
  lines.end();
  lines.end();
  expect(told).toEqual(["stdout one\n", "stdout two is not split\n", "stderr meanwhile\r", "stdout threé"]);
});

test("a line without an end is not kept for ever", () => {
  const told: string[] = [];
  const lines = new WholeLines((_, text) => told.push(text));
  for (let at = 0; at < 100; at++) lines.take("stdout", Buffer.alloc(10_000, "x"));
  lines.end();
  expect(told.length).toBeGreaterThan(10);
  expect(told.join("")).toHaveLength(1_000_000);
});

import { expect, test } from "vitest";
import { runningJobsRead } from "./running-jobs.ts";

const parse = (stdout: string) =>
  runningJobsRead().parse({ code: 0, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0), droppedBytes: 0 });

test("the host's seconds since its boot become times of ours", () => {
  const jobs = parse("5000\na-1 running 4940\nb-2 ending 5000\n");
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    ["a-1", "running"],
    ["b-2", "ending"],
  ]);
  const secondsAgo = jobs.map(({ startedAt }) => Math.round((Date.now() - startedAt.getTime()) / 1000));
  expect(secondsAgo).toEqual([60, 0]);
});

test("no records, no jobs", () => {
  expect(parse("5000\n")).toEqual([]);
  expect(parse("")).toEqual([]);
});

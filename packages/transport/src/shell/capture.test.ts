import { expect, test } from "vitest";
import { Capture } from "./capture.ts";

const capture = (limit: number, pieces: readonly string[]) => {
  const kept = new Capture(limit);
  for (const piece of pieces) kept.add(Buffer.from(piece));
  return { text: kept.bytes().toString(), dropped: kept.dropped };
};

test.each([
  { name: "nothing", pieces: [], text: "", dropped: 0 },
  { name: "within the limit", pieces: ["abc", "de"], text: "abcde", dropped: 0 },
  { name: "just the limit", pieces: ["abcd", "efgh"], text: "abcdefgh", dropped: 0 },
  { name: "over it: head and tail stay", pieces: ["abcdefghij"], text: "abcdghij", dropped: 2 },
  { name: "far over it, in pieces", pieces: ["abc", "def", "ghi", "jkl", "mno"], text: "abcdlmno", dropped: 7 },
])("$name", ({ pieces, text, dropped }) => {
  expect(capture(8, pieces)).toEqual({ text, dropped });
});

test("a flood keeps no more than its limit", () => {
  const kept = new Capture(1024);
  for (let i = 0; i < 10_000; i++) kept.add(Buffer.alloc(999, i));
  expect(kept.bytes().length).toBe(1024);
  expect(kept.dropped).toBe(999 * 10_000 - 1024);
});

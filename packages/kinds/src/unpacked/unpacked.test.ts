import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import type { UnpackedVia } from "./unpacked.ts";
import { unpacked } from "./unpacked.ts";

const archive = { localFile: "/site/app.tar.gz", sha256: "a".repeat(64), size: 10 };
const via: UnpackedVia = { archive, include: [], exclude: [], options: [], keepNewer: false, lists: false };
const key = "/srv/app";
const known = { sha256: archive.sha256, differing: [], names: [] };

test.each([
  { name: "never unpacked", state: { state: "never", ...known }, actions: ["ensure"] },
  { name: "as it was", state: { state: "same", ...known }, actions: [] },
  { name: "drifted", state: { state: "differs", ...known, differing: ["a"] }, actions: ["ensure"] },
  { name: "another archive", state: { state: "another", ...known }, actions: ["ensure"] },
  { name: "unsettled", state: unsettled("the folder is made before"), actions: ["ensure"] },
] as const)("ensure: $name", ({ state, actions }) => {
  const answered = "unsettled" in state ? state : comparedWith(via, state);
  expect(unpacked.ensure({ kind: "unpacked", key, via, state: answered }, via).map(({ action }) => action)).toEqual(
    actions,
  );
});

test("an archive of ours travels first, for our eyes alone, and goes afterwards", () => {
  const [change] = unpacked.ensure(
    { kind: "unpacked", key, via, state: comparedWith(via, { state: "never", ...known }) },
    via,
  );
  expect(change?.steps).toMatchObject([{ do: "write", content: archive, mode: "0600" }, { do: "run" }]);
});

test("what the host says is read", () => {
  const said = `no-folder -\n\0no-archive -\n\0never ${"b".repeat(64)}\n\0differs ${"c".repeat(64)}\n./a b: FAILED\n./c: FAILED open or read\nattributes: FAILED\n\0same ${"d".repeat(64)}\n\n./x\n./y\n\0`;
  expect(
    [...unpacked.parse(Buffer.from(said), ["/1", "/2", "/3", "/4", "/5"], via).values()].map((state) =>
      comparisonIn(state, via),
    ),
  ).toEqual([
    { state: "no-folder" },
    { state: "no-archive" },
    { state: "never", sha256: "b".repeat(64), differing: [], names: [] },
    { state: "differs", sha256: "c".repeat(64), differing: ["a b", "c", "attributes"], names: [] },
    { state: "same", sha256: "d".repeat(64), differing: [], names: ["x", "y"] },
  ]);
});

import { expect, test } from "vitest";
import { planTask, resultOf } from "../../testing/plan-task.ts";
import { find } from "./find.ts";

const now = 1_800_000_000;
const one = {
  bits: 0o100644,
  uid: 0,
  gid: 0,
  owner: "root",
  group: "root",
  size: 10,
  inode: 1,
  device: 1,
  links: 1,
  accessed: now,
  changed: now,
  modified: now - 10,
};
const found = [
  { ...one, path: "/srv/a.log", text: "first\nsecond\n" },
  { ...one, path: "/srv/b.txt", size: 5000, modified: now - 90_000 },
  { ...one, path: "/srv/d", bits: 0o040755 },
  { ...one, path: "/srv/run", bits: 0o100755, size: 0 },
];
const said = { "find /srv": { state: "present", now, found } };
const names = (params: object) =>
  (resultOf(find, { paths: ["/srv"], ...params }, said)?.files as { path: string }[] | undefined)?.map(({ path }) =>
    path.slice(5),
  );

test.each([
  { params: {}, fits: ["a.log", "b.txt", "run"] },
  { params: { file_type: "any" }, fits: ["a.log", "b.txt", "d", "run"] },
  { params: { file_type: "directory" }, fits: ["d"] },
  { params: { patterns: ["*.log", "r?n"] }, fits: ["a.log", "run"] },
  { params: { patterns: ["[!a]*"] }, fits: ["b.txt", "run"] },
  { params: { patterns: ["a", "run$"], use_regex: true }, fits: ["a.log", "run"] },
  { params: { excludes: ["*.txt"] }, fits: ["a.log", "run"] },
  { params: { age: "1d" }, fits: ["b.txt"] },
  { params: { age: "-1h" }, fits: ["a.log", "run"] },
  { params: { size: "1k" }, fits: ["b.txt"] },
  { params: { size: "-10" }, fits: ["a.log", "run"] },
  { params: { mode: "0644" }, fits: ["a.log", "b.txt"] },
  { params: { mode: "u=x", exact_mode: false }, fits: ["run"] },
  { params: { contains: "sec" }, fits: ["a.log"] },
  { params: { contains: "econd" }, fits: [] },
  { params: { contains: "econd", read_whole_file: true }, fits: ["a.log"] },
  { params: { limit: 1 }, fits: ["a.log"] },
])("$params", ({ params, fits }) => {
  expect(names(params)).toEqual(fits);
});

test("it changes nothing, and says what it could not look into", () => {
  expect(planTask(find, { paths: ["/srv"] }, said)).toEqual([]);
  expect(resultOf(find, { paths: ["/srv", "/no"] }, { ...said, "find /no": { state: "absent" } })).toMatchObject({
    ...{ matched: 3, examined: 4, skipped_paths: { "/no": "'/no' is not a directory" } },
    msg: "Not all paths examined, check warnings for details",
  });
});

test.each([{ age: "soon" }, { size: "5x" }])("%j is refused", (params) => {
  expect(() => names(params)).toThrow(/not a/);
});

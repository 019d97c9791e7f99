import { expect, test } from "vitest";
import type { TreeEntry } from "./local-tree.ts";
import { compareTrees } from "./tree-difference.ts";

type Remote = TreeEntry & { owner: string; group: string };

const file = (path: string, sha256 = "a", mode = 0o644): TreeEntry => ({ path, kind: "file", mode, size: 1, sha256 });
const folder = (path: string, mode = 0o755): TreeEntry => ({ path, kind: "directory", mode, size: 0 });
const link = (path: string, target: string): TreeEntry => ({ path, kind: "link", mode: 0o777, size: 0, target });
const there = (...entries: TreeEntry[]) => ({
  entries: new Map<string, Remote>(
    entries.map((entry) => [entry.path, { ...entry, size: 0, owner: "root", group: "root" }]),
  ),
  hasStrangeNames: false,
});

const none = { sent: [], modes: [], owners: [], removed: [] };

test.each([
  { name: "the same", here: [file("a"), link("l", "a")], remote: there(file("a"), link("l", "a")), does: {} },
  { name: "nothing there", here: [folder("d"), file("d/a")], remote: undefined, does: { sent: ["d", "d/a"] } },
  { name: "other content", here: [file("a", "new")], remote: there(file("a", "old")), does: { sent: ["a"] } },
  { name: "another target", here: [link("l", "x y")], remote: there(link("l", "x")), does: { sent: ["l"] } },
  {
    name: "another mode",
    here: [file("a", "a", 0o600)],
    remote: there(file("a")),
    does: { modes: [{ path: "a", mode: 0o600 }] },
  },
  {
    name: "a folder's mode",
    here: [folder("d", 0o700)],
    remote: there(folder("d")),
    does: { modes: [{ path: "d", mode: 0o700 }] },
  },
  {
    name: "other content and mode travel together",
    here: [file("a", "new", 0o600)],
    remote: there(file("a")),
    does: { sent: ["a"] },
  },
  {
    name: "a file for a folder",
    here: [file("d")],
    remote: there(folder("d"), file("d/x")),
    does: { sent: ["d"], removed: ["d"] },
  },
  {
    name: "a folder for a link",
    here: [folder("l"), file("l/a")],
    remote: there(link("l", "x")),
    does: { sent: ["l", "l/a"], removed: ["l"] },
  },
  { name: "an extra stays", here: [file("a")], remote: there(file("a"), file("b")), does: {} },
  {
    name: "an extra goes",
    here: [file("a")],
    remote: there(file("a"), file("b")),
    prune: true,
    does: { removed: ["b"] },
  },
  {
    name: "of what goes, the topmost is named",
    here: [],
    remote: there(folder("d"), folder("d/e"), file("d/e/f"), file("d-x")),
    prune: true,
    does: { removed: ["d", "d-x"] },
  },
  {
    name: "what goes with a changed sort is not named",
    here: [file("d")],
    remote: there(folder("d"), folder("d/e"), file("d/e/f")),
    prune: true,
    does: { sent: ["d"], removed: ["d"] },
  },
  { name: "owners that nobody asked about", here: [file("a")], remote: there(file("a")), does: {} },
  {
    name: "another owner",
    here: [file("a"), file("b")],
    remote: there(file("a"), file("b")),
    owner: "deploy",
    does: { owners: ["a", "b"] },
  },
  {
    name: "another group, a new file",
    here: [file("a"), file("b")],
    remote: there(file("a")),
    group: "web",
    does: { sent: ["b"], owners: ["a"] },
  },
])("$name", ({ here, remote, does, name: _name, ...how }) => {
  const { sent, ...rest } = compareTrees(here, remote, how);
  expect({ sent: sent.map(({ path }) => path), ...rest }).toEqual({ ...none, ...does });
});

test("folders come before what is in them", () => {
  const { sent } = compareTrees([file("b/c/x"), folder("b/c"), folder("b"), file("b-x")], undefined, {});
  expect(sent.map(({ path }) => path)).toEqual(["b", "b-x", "b/c", "b/c/x"]);
});

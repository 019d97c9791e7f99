import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostPort } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import type { TreeComparison, TreeVia } from "./tree.ts";
import { tree } from "./tree.ts";

const ours = mkdtempSync(join(tmpdir(), "evenkeel-ours-"));
mkdirSync(join(ours, "deep/er"), { recursive: true });
writeFileSync(join(ours, "index.html"), "<h1>");
writeFileSync(join(ours, "deep/er/run"), "x", { mode: 0o755 });
symlinkSync("index.html", join(ours, "link"));
const via: TreeVia = {
  from: ours,
  file: {},
  directory: {},
  follow: false,
  keepsOld: false,
  keepsModes: false,
  backup: false,
};

/** This machine, asked with its own sh: reading is all that is done. */
const here = {
  exchange: async (reads: readonly { readonly script: string }[]) =>
    reads.map(({ script }) => ({ code: 0, stdout: execFileSync("sh", ["-c", script]), stderr: Buffer.alloc(0) })),
} as unknown as HostPort;

async function differing(key: string, more: Partial<TreeVia> = {}): Promise<Record<string, string>> {
  const asked = { ...via, ...more };
  const [answer] = await tree.ask([{ kind: "tree", key, via: asked }], here);
  const state = comparisonIn(answer ?? {}, asked);
  return Object.fromEntries((state?.differing ?? []).map(({ path, why }) => [path.slice(key.length) || "/", why]));
}

test("what is not there, and what differs, is told", async () => {
  const there = mkdtempSync(join(tmpdir(), "evenkeel-there-"));
  expect(await differing(`${there}/new`)).toEqual({
    ...{ "/": "new", "/deep": "new", "/deep/er": "new", "/deep/er/run": "new", "/index.html": "new", "/link": "new" },
  });
  execFileSync("cp", ["-R", `${ours}/.`, there]);
  expect(await differing(there)).toEqual({});
  chmodSync(join(there, "deep"), 0o700);
  expect(await differing(there, { directory: { mode: "0755" } })).toEqual({});
  expect(await differing(there, { file: { mode: "0640" } })).toEqual({
    "/deep/er/run": "attributes",
    "/index.html": "attributes",
  });
  expect(await differing(there, { follow: true })).toEqual({ "/link": "another sort" });
  writeFileSync(join(there, "index.html"), "changed");
  writeFileSync(join(there, "extra"), "stays");
  expect(await differing(there)).toEqual({ "/index.html": "content" });
  expect(await differing(there, { keepsOld: true })).toEqual({});
  chmodSync(join(there, "deep/er/run"), 0o644);
  expect(await differing(there, { keepsModes: true })).toMatchObject({ "/deep/er/run": "attributes" });
});

test("another folder of the host is compared as well, with its modes", async () => {
  const there = join(mkdtempSync(join(tmpdir(), "evenkeel-twin-")), "twin");
  const from = { hostFolder: ours };
  expect(Object.keys(await differing(there, { from, keepsModes: true }))).toHaveLength(6);
  execFileSync("cp", ["-a", ours, there]);
  expect(await differing(there, { from, keepsModes: true })).toEqual({});
  chmodSync(join(there, "index.html"), 0o600);
  expect(await differing(there, { from, keepsModes: true })).toEqual({ "/index.html": "attributes" });
});

test("whether a tree may be sent as one", async () => {
  const there = mkdtempSync(join(tmpdir(), "evenkeel-there-"));
  const whole = async (more: Partial<TreeVia> = {}) => {
    const asked = { ...via, ...more };
    const [answer] = await tree.ask([{ kind: "tree", key: there, via: asked }], here);
    return comparisonIn(answer ?? {}, asked)?.travelsWhole;
  };
  expect(await whole()).toBe(true);
  expect(await whole({ follow: true })).toBe(false);
  expect(await whole({ keepsOld: true })).toBe(false);
  writeFileSync(join(there, "index.html"), "old", { mode: 0o600 });
  expect(await whole()).toBe(false);
  expect(await whole({ file: { mode: "0600" } })).toBe(true);
});

test("a link to a folder that it is in has no end, and is refused", async () => {
  const loop = mkdtempSync(join(tmpdir(), "evenkeel-loop-"));
  mkdirSync(join(loop, "a"));
  symlinkSync("..", join(loop, "a/up"));
  await expect(differing("/srv/x", { from: loop, follow: true })).rejects.toMatchObject({ code: "tree/loop" });
  await expect(differing("/srv/x", { from: "/no/such" })).rejects.toMatchObject({ code: "tree/unreadable" });
});

const difference = {
  path: "/srv/www/a",
  why: "content",
  there: { type: "file", mode: "0644", sha256: "b", text: "b" },
  desired: { content: { localFile: "/a", sha256: "a", size: 1 } },
} as const;

test.each([
  { name: "nothing differs", state: { differing: [] }, actions: [] },
  { name: "a file differs", state: { differing: [difference] }, actions: ["ensure"] },
  { name: "unsettled", state: unsettled("made before"), actions: ["ensure"] },
])("ensure: $name", ({ state, actions }) => {
  const changes = tree.ensure(
    {
      kind: "tree",
      key: "/srv/www",
      via,
      state: "unsettled" in state ? state : comparedWith(via, state as TreeComparison),
    },
    via,
  );
  expect(changes.map(({ action }) => action)).toEqual(actions);
});

test("a new folder with much in it travels as one, and goes as one", () => {
  const many = Array.from(
    { length: 30 },
    (_, at) => ({ ...difference, path: `/srv/www/${at}`, why: "new", there: { type: "absent" } }) as const,
  );
  const top = { path: "/srv/www", why: "new", there: { type: "absent" }, desired: { type: "directory" } } as const;
  const [change] = tree.ensure(
    { kind: "tree", key: "/srv/www", via, state: comparedWith(via, { differing: [top, ...many], travelsWhole: true }) },
    via,
  );
  expect(change?.steps.map((step) => step.do)).toEqual(["tree", "run"]);
  expect(change?.undo).toEqual([{ do: "run", argv: ["rm", "-rf", "--", "/srv/www"] }]);
  const [mended] = tree.ensure(
    { kind: "tree", key: "/srv/www", via, state: comparedWith(via, { differing: many, travelsWhole: true }) },
    via,
  );
  expect(mended?.steps.map((step) => (step.do === "run" ? step.argv.slice(3, 5).join(" ") : step.do))).toEqual([
    "evenkeel-keep keep",
    "tree",
  ]);
  const [followed] = tree.ensure(
    {
      kind: "tree",
      key: "/srv/www",
      via,
      state: comparedWith(via, { differing: [top, ...many], travelsWhole: false }),
    },
    via,
  );
  expect(followed?.steps.filter((step) => step.do === "write")).toHaveLength(30);
});

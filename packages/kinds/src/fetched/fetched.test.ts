import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostPort } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { fetchExecutor } from "./fetch-executor.ts";
import { fetched } from "./fetched.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-fetch-"));
const from = join(folder, "there");
const key = join(folder, "copies/of it");
writeFileSync(from, "hello\n");

/** This machine as a host. */
const here = {
  exchange: async (reads: readonly { readonly script: string }[]) =>
    reads.map(({ script }) => ({ code: 0, stdout: execFileSync("sh", ["-c", script]), stderr: Buffer.alloc(0) })),
  get: async (path: string, sink: (bytes: Uint8Array) => unknown) => void (await sink(readFileSync(path))),
} as unknown as HostPort;

test("a file is brought, once, with the mode of any file, and never through a link", async () => {
  const ask = async () => (await fetched.ask([{ kind: "fetched", key, via: { from } }], here))[0];
  const state = await ask();
  expect(state).toMatchObject({ there: { state: "file", size: 6, sha256: hash("sha256", "hello\n"), path: from } });
  const [change] = fetched.ensure({ kind: "fetched", key, via: { from }, state: state ?? unsettled("") }, { from });
  const [step] = change?.steps ?? [];
  const take = () => fetchExecutor.take((step as { readonly data: unknown }).data, here, {});
  expect(await take()).toMatchObject({ data: { checksum: hash("sha1", "hello\n") } });
  expect(readFileSync(key, "utf8")).toBe("hello\n");
  expect(statSync(key).mode & 0o777).toBe(0o644 & ~process.umask());
  expect(fetched.isAsPlanned((await ask()) as never, change?.after as never)).toBe(true);
  const precious = join(folder, "precious");
  writeFileSync(precious, "mine");
  execFileSync("ln", ["-sf", precious, key]);
  await take();
  expect(readFileSync(precious, "utf8")).toBe("mine");
});

test("what changed meanwhile is not kept, and nothing is left of it", async () => {
  const to = join(folder, "other");
  await expect(fetchExecutor.take({ from, to, sha256: "0".repeat(64) }, here, {})).rejects.toMatchObject({
    code: "fetch/changed",
  });
  expect(readdirSync(folder).filter((name) => name.includes("evenkeel") || name === "other")).toEqual([]);
});

test("what is no file is told", async () => {
  symlinkSync(folder, join(folder, "to-folder"));
  const ask = async (path: string) =>
    (await fetched.ask([{ kind: "fetched", key, via: { from: path } }], here))[0]?.there;
  expect(await ask("/no/such")).toEqual({ state: "absent" });
  expect(await ask(join(folder, "to-folder"))).toEqual({ state: "folder" });
  expect(await ask("/dev/null")).toEqual({ state: "unreadable" });
});

test("a file that is not known yet is planned", () => {
  expect(
    fetched.ensure({ kind: "fetched", key, via: { from }, state: unsettled("made before") }, { from }),
  ).toHaveLength(1);
});

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import type { TarEntry } from "./tar.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

const file = (path: string, size = 0, mode = 0o644): TarEntry => ({ path, kind: "file", mode, size });
const n = (count: number) => "n".repeat(count);

/** What the system's own tar reads in it. */
function list(entries: readonly TarEntry[]): string[] {
  const parts = entries.flatMap((entry) => [tarHeader(entry), Buffer.alloc(entry.size, "x"), tarPadding(entry.size)]);
  const options = {
    input: Buffer.concat([...parts, tarEnd]),
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" },
  } as const;
  const { stdout, stderr, status } = spawnSync("tar", ["-tvf", "-", "--quoting-style=literal"], options);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout.trimEnd().split("\n");
}

const line = (mode: string, size: number, rest: string) =>
  `${mode} 0/0 ${String(size).padStart(15)} 1970-01-01 00:00 ${rest}`;

test.each([
  ["a file", file("a", 5), line("-rw-r--r--", 5, "a")],
  ["an empty one", file("empty"), line("-rw-r--r--", 0, "empty")],
  ["a whole block", file("block", 512), line("-rw-r--r--", 512, "block")],
  ["special modes", file("mode", 1, 0o4755), line("-rwsr-xr-x", 1, "mode")],
  ["a folder", { path: "d", kind: "directory", mode: 0o2750, size: 0 }, line("drwxr-s---", 0, "d/")],
  ["a link", { path: "l", kind: "link", mode: 0o777, size: 0, target: "a b" }, line("lrwxrwxrwx", 0, "l -> a b")],
  ["100 bytes", file(n(100)), line("-rw-r--r--", 0, n(100))],
  ["101 bytes", file(n(101)), line("-rw-r--r--", 0, n(101))],
  ["a folder of 100", { path: n(100), kind: "directory", mode: 0o755, size: 0 }, line("drwxr-xr-x", 0, `${n(100)}/`)],
  ["a path of 600", file(`${n(200)}/${n(200)}/${n(198)}`, 3), line("-rw-r--r--", 3, `${n(200)}/${n(200)}/${n(198)}`)],
  [
    "a long target",
    { path: "l", kind: "link", mode: 0o777, size: 0, target: n(300) },
    line("lrwxrwxrwx", 0, `l -> ${n(300)}`),
  ],
  ["beyond ASCII", file("é/漢 字"), line("-rw-r--r--", 0, "é/漢 字")],
  ["long beyond ASCII", file("漢".repeat(50)), line("-rw-r--r--", 0, "漢".repeat(50))],
] as const)("%s", (_name, entry, expected) => {
  const shown = (text: string) => text.replace(/ +/g, " ");
  // What follows must be found, too: a wrong length would swallow it.
  const [first, second] = list([entry, file("after", 1)]);
  expect(shown(first ?? "")).toBe(shown(expected));
  expect(second).toMatch(/ after$/);
});

test("a file of 8 GiB and more has its size in binary", () => {
  const header = tarHeader(file("huge", 2 ** 33 + 5));
  expect(header.readUInt8(124)).toBe(0x80);
  expect(header.readBigUInt64BE(128)).toBe(2n ** 33n + 5n);
  expect(tarHeader(file("large", 2 ** 33 - 1)).toString("latin1", 124, 136)).toBe("77777777777\0");
});

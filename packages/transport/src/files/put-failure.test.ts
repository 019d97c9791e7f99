import { expect, test } from "vitest";
import { Capture } from "../shell/capture.ts";
import { putFailure } from "./put-failure.ts";

const capture = (text: string) => {
  const kept = new Capture(10_000);
  kept.add(Buffer.from(text));
  return kept;
};
const answer = (stdout: string, stderr = "") => ({ status: 1, stdout: capture(stdout), stderr: capture(stderr) });
const df = (free: number, freeInodes: number | string = 1000) =>
  `/dev/vda1 100000 1000 ${free} 99% /srv/my data\n/dev/vda1 100000 1000 ${freeInodes} 99% /srv/my data\n`;
const file = { path: "/srv/my data/x", content: "", validate: ["nginx", "-t", "-c", "%s"] };

test.each([
  ["dangling", answer("failed dangling\n"), "files/dangling-link", "/srv/my data/x is a link that leads nowhere"],
  ["a folder", answer("failed is-directory\n"), "files/is-directory", "/srv/my data/x is a directory"],
  [
    "no folder",
    answer("failed no-temp\n", "mktemp: No such file or directory\n"),
    "files/no-temp",
    "cannot write beside /srv/my data/x",
  ],
  [
    "torn",
    answer(`${df(5000)}failed content\n`),
    "files/content",
    "what arrived for /srv/my data/x is not what was sent",
  ],
  [
    "full",
    answer(`${df(1)}failed content\n`, "tee: No space left on device"),
    "files/no-space",
    "no room for /srv/my data/x: it needs 2000 bytes, and /dev/vda1 (on /srv/my data) has 1024 free",
  ],
  [
    "over quota",
    answer(`${df(5000)}failed content\n`, "Disk quota exceeded"),
    "files/no-space",
    "no room for /srv/my data/x: it needs 2000 bytes, and /dev/vda1 (on /srv/my data) has 5120000 free",
  ],
  [
    "no inode",
    answer(`${df(5000, 0)}failed no-temp\n`),
    "files/no-space",
    "no room for /srv/my data/x: it needs 2000 bytes, and /dev/vda1 (on /srv/my data) has 5120000 free and no inode left",
  ],
  [
    "no inodes to count",
    answer("btrfs 100000 1000 5000 2% /\nbtrfs 0 0 0 - /\nfailed no-temp\n"),
    "files/no-temp",
    "cannot write beside /srv/my data/x",
  ],
  [
    "/proc",
    answer("proc 0 0 0 - /proc\nproc 0 0 0 - /proc\nfailed no-temp\n"),
    "files/no-temp",
    "cannot write beside /srv/my data/x",
  ],
  [
    "refused",
    answer("failed refused\n", "unknown directive"),
    "files/refused",
    "the new /srv/my data/x was refused: nginx -t -c %s",
  ],
  [
    "busy",
    answer("failed rename\n", "Device or resource busy"),
    "files/rename",
    "cannot put /srv/my data/x in its place",
  ],
  [
    "asked before",
    answer(df(1)),
    "files/no-space",
    "no room for /srv/my data/x: it needs 2000 bytes, and /dev/vda1 (on /srv/my data) has 1024 free",
  ],
])("%s", (_name, what, code, message) => {
  const error = putFailure(file, 2000, what);
  expect({ code: error.code, message: error.message }).toEqual({ code, message });
  expect(error.hint).not.toBe("");
});

test("the host's own words are kept", () => {
  expect(putFailure(file, 1, answer("failed refused\n", "  line 4: unknown\n")).detail).toBe("line 4: unknown");
});

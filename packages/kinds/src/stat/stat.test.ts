import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stat } from "./stat.ts";
import type { PresentStat, StatVia } from "./stat-state.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-stat-"));
const at = (name: string) => join(folder, name);
writeFileSync(at("text"), "hello\n");
writeFileSync(at("line\nfeed"), "fed");
writeFileSync(at("back\\slash"), "slashed");
writeFileSync(at("run"), "#!/bin/sh\n", { mode: 0o4711 });
mkdirSync(at("folder"));
symlinkSync("text", at("link"));
symlinkSync("nowhere", at("dangling"));
const keys = ["no", "text", "line\nfeed", "link", "folder", "back\\slash", "dangling", "run"]
  .map(at)
  .concat("/dev/null");

function ask(via: Partial<StatVia> = {}) {
  const whole = { follow: false, mime: false, flags: false, ...via };
  const output = execFileSync("sh", ["-c", stat.read(keys, whole)], { stdio: ["ignore", "pipe", "ignore"] });
  return stat.parse(output, keys, whole);
}

test("what the host says is what Node says", () => {
  const states = ask({ algorithm: "sha1" });
  for (const key of keys.slice(1)) {
    const { mode, uid, gid, size, ino, dev, nlink, mtimeMs, blocks, rdev } = lstatSync(key);
    const state = states.get(key) as PresentStat;
    expect(state, key).toMatchObject({
      bits: mode,
      uid,
      gid,
      size,
      inode: ino,
      device: dev,
      links: nlink,
      blocks,
      deviceType: rdev,
    });
    expect(state.modified).toBeCloseTo(mtimeMs / 1000, 2);
  }
  expect(states.get(at("no"))).toEqual({ state: "absent" });
  expect(states.get(at("text"))).toMatchObject({ checksum: hash("sha1", "hello\n"), readable: true, owner: "root" });
  expect(states.get(at("line\nfeed"))).toMatchObject({ checksum: hash("sha1", "fed") });
  expect(states.get(at("back\\slash"))).toMatchObject({ checksum: hash("sha1", "slashed") });
  expect(states.get(at("link"))).toMatchObject({ target: "text", source: at("text") });
  expect(states.get(at("dangling"))).toMatchObject({ target: "nowhere" });
});

test("links are followed where that is asked", () => {
  const states = ask({ follow: true });
  expect(states.get(at("link"))).toMatchObject({ inode: statSync(at("text")).ino });
  expect(states.get(at("dangling"))).toEqual({ state: "absent" });
});

test("what `file` and `lsattr` say is read, and may be missing", () => {
  const printed =
    "fff\nrw-\nrw-\nr--\n" +
    "81a4:0:0:6:7:44:1:1.5:2.5:3.5:1:2:3:8:4096:0:0:root:root\n".repeat(3) +
    "\n\ntext/plain; charset=us-ascii\ninode/x-empty; charset=binary\nimage/png; charset=binary\n\n" +
    "17 -----a--------e------- /a\n 18 ---------------------- /b\n19 ---------------------- /c\n";
  const states = stat.parse(Buffer.from(printed), ["/a", "/b", "/c"], {});
  expect(states.get("/a")).toMatchObject({
    mime: { type: "text/plain", charset: "us-ascii" },
    flags: { version: "17", letters: "ae" },
  });
  expect(states.get("/c")).toMatchObject({
    mime: { type: "image/png" },
    flags: { version: "19", letters: "" },
    writeable: false,
  });
});

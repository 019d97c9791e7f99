import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { comparedWith } from "../comparison/comparison.ts";
import { curlConfig } from "./curl-config.ts";
import type { DownloadComparison } from "./download.ts";
import { download } from "./download.ts";
import type { DownloadVia } from "./download-via.ts";
import { findChecksum } from "./find-checksum.ts";

const url = "http://127.0.0.1/app.tgz";
const via: DownloadVia = {
  ...{ url, force: false, agent: "evenkeel", headers: [], validates: true, usesProxy: true },
  ...{ usesNetrc: false, decompresses: false, timeoutSeconds: 10 },
};
const key = "/srv/app.tgz";
const desired = { via, backup: false, inPlace: false };
const there: DownloadComparison = { there: "file", tool: "curl", sha256: "a", isSame: true };

test.each([
  { name: "absent", state: { there: "absent", tool: "curl", isSame: false }, actions: ["ensure"] },
  { name: "there, and the same", state: there, actions: [] },
  { name: "there, and another", state: { ...there, isSame: false }, actions: ["ensure"] },
  { name: "unsettled", state: unsettled("made before"), actions: ["ensure"] },
] as const)("ensure: $name", ({ state, actions }) => {
  expect(
    download
      .ensure({ kind: "download", key, via, state: "unsettled" in state ? state : comparedWith(via, state) }, desired)
      .map(({ action }) => action),
  ).toEqual(actions);
});

test("what is sent to a server is in no argument, and quoted", () => {
  const secret: DownloadVia = {
    ...via,
    user: "me",
    password: new Secret('hunter"2'),
    headers: [new Secret("X-Key: k3y")],
  };
  const [change] = download.ensure(
    { kind: "download", key, via: secret, state: comparedWith(secret, { ...there, isSame: false }) },
    { ...desired, via: secret },
  );
  const words = (change?.steps ?? []).flatMap((step) => (step.do === "run" ? step.argv : []));
  expect(words.join("\n")).not.toMatch(/hunter|k3y/);
  expect(JSON.stringify(change)).not.toMatch(/hunter|k3y/);
  expect(curlConfig(secret).reveal()).toContain('user = "me:hunter\\"2"\n');
  expect(() => curlConfig({ ...via, headers: ["a: b\nurl = file:///etc/shadow"] })).toThrow(
    expect.objectContaining({ code: "download/line-feed" }),
  );
});

test("a host with nothing to download with is sent what we download", () => {
  const state: DownloadComparison = { there: "absent", tool: "none", isSame: false };
  const [change] = download.ensure({ kind: "download", key, via, state: comparedWith(via, state) }, desired);
  expect(change?.steps).toMatchObject([{ do: "files.download", data: { path: key } }]);
});

test.each([
  ["abc123", "abc123"],
  ["abc123\n", "abc123"],
  ["111  other\n222  app.tgz\n", "222"],
  ["222 *app.tgz", "222"],
  ["222  ./app.tgz\n333  x", "222"],
  ["SHA256 (x) = 111\nSHA256 (app.tgz) = 222\n", "222"],
])("a list of sums %j", (list, sum) => {
  expect(findChecksum(list, "app.tgz", url)).toBe(sum);
});

test("a list without the file is said to be one", () => {
  expect(() => findChecksum("111  a\n222  b\n", "app.tgz", url)).toThrow(
    expect.objectContaining({ code: "download/no-checksum" }),
  );
});

import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { nameInAddress } from "./download-params.ts";
import { getUrl } from "./get-url.ts";

const url = "https://example.org/pool/app-1.0.tgz?mirror=1";
const dest = "/srv/app.tgz";
const folder = { type: "directory" };
const plain = { type: "file", mode: "0644", owner: "root", group: "root", sha256: "a" };
const got = { there: "file", tool: "curl", sha256: "a", isSame: true };
const nothing = { there: "absent", tool: "curl", isSame: false };
const change = [`ensure download ${dest}`];

test.each([
  { name: "absent", state: { type: "absent" }, asked: nothing, params: {}, changes: change },
  { name: "present", state: plain, asked: got, params: {}, changes: [] },
  { name: "drifted", state: plain, asked: { ...got, isSame: false }, params: {}, changes: change },
  { name: "only its mode", state: plain, asked: got, params: { mode: "0600" }, changes: [`ensure file ${dest}`] },
  { name: "unsettled", state: unsettled("made before"), asked: unsettled("made before"), params: {}, changes: change },
])("$name", ({ state, asked, params, changes }) => {
  const said = { "file /srv": folder, [`file ${dest}`]: state, [`download ${dest}`]: asked };
  expect(actions(planTask(getUrl, { url, dest, ...params }, said, { type: "absent", ...nothing }))).toEqual(changes);
});

test("into a folder it goes under its name in the address", () => {
  const said = { "file /srv": folder };
  expect(actions(planTask(getUrl, { url, dest: "/srv" }, said, { type: "absent", ...nothing }))).toEqual([
    "ensure download /srv/app-1.0.tgz",
  ]);
});

test.each([
  ["http://a/b/c.tgz", "c.tgz"],
  ["http://a/b/?x=/etc/passwd", "index.html"],
  ["http://a", "index.html"],
  ["http://a/..", "index.html"],
  ["http://a/x#y/z", "x"],
])("the name in %s is %s", (address, name) => {
  expect(nameInAddress(address)).toBe(name);
});

test.each([
  { name: "no address", params: { url: "/etc/passwd" }, code: "module/params" },
  { name: "another sum", params: { checksum: "crc:1" }, code: "module/params" },
  { name: "no folder", params: { dest: "/no/such/app" }, code: "file/no-folder" },
])("$name is refused", ({ params, code }) => {
  const said = { "file /srv": folder };
  expect(() => planTask(getUrl, { url, dest, ...params }, said, { type: "absent", ...nothing })).toThrow(
    expect.objectContaining({ code }),
  );
});

test("what is secret is in no plan", () => {
  const params = {
    url,
    dest,
    url_username: "me",
    url_password: new Secret("hunter2"),
    headers: { "X-Key": new Secret("k3y") },
  };
  const changes = planTask(getUrl, params, { "file /srv": folder }, { type: "absent", ...nothing });
  expect(changes).toHaveLength(1);
  expect(JSON.stringify(changes)).not.toMatch(/hunter2|k3y/);
});

test("the result says what the server said", () => {
  const output = {
    stdout: "200\nsha1  -\nmd5  -\n",
    stderr: "",
    startedAt: "2026-01-01T00:00:00Z",
    endedAt: "2026-01-01T00:00:02Z",
  };
  const more = { changes: [{ kind: "download", steps: [{ do: "run", argv: [] }] }], outputs: [output] };
  const said = { "file /srv": folder, [`file ${dest}`]: plain, [`download ${dest}`]: got };
  expect(resultOf(getUrl, { url, dest }, said, more)).toMatchObject({
    url,
    dest,
    status_code: 200,
    checksum_src: "sha1",
    md5sum: "md5",
    elapsed: 2,
  });
});

import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { fetch } from "./fetch.ts";

const params = { src: "/var/log/app.log", dest: "/backup", inventory_hostname: "web-1" };
const place = "/backup/web-1/var/log/app.log";
const there = { state: "file", sha256: "a", size: 1, path: params.src };

test.each([
  { name: "no copy yet", state: { there }, changes: [`ensure fetched ${place}`] },
  { name: "a copy", state: { there, here: "a" }, changes: [] },
  { name: "another copy", state: { there, here: "b" }, changes: [`ensure fetched ${place}`] },
  { name: "unsettled", state: unsettled("made before"), changes: [`ensure fetched ${place}`] },
])("$name", ({ state, changes }) => {
  expect(actions(planTask(fetch, params, { [`fetched ${place}`]: state }))).toEqual(changes);
});

test.each([
  { more: { flat: true, dest: "/backup/" }, at: "/backup/app.log" },
  { more: { flat: true, dest: "/backup/mine" }, at: "/backup/mine" },
  { more: { src: "/var/../var/log//app.log" }, at: place },
])("$at is where it goes", ({ more, at }) => {
  expect(actions(planTask(fetch, { ...params, ...more }, { [`fetched ${at}`]: { there } }))).toEqual([
    `ensure fetched ${at}`,
  ]);
});

test.each([
  { src: "/../../etc/cron.d/x" },
  { src: "/var/log/../../../../etc/x" },
  { inventory_hostname: ".." },
  { inventory_hostname: "a/../../b" },
  { inventory_hostname: "" },
])("%j stays inside, or is refused", (more) => {
  expect(() => planTask(fetch, { ...params, ...more })).toThrow(expect.objectContaining({ code: "fetch/place" }));
});

test("what is missing fails, or is said", () => {
  const said = { [`fetched ${place}`]: { there: { state: "absent" } } };
  expect(() => planTask(fetch, params, said)).toThrow(expect.objectContaining({ code: "fetch/missing" }));
  expect(planTask(fetch, { ...params, fail_on_missing: false }, said)).toEqual([]);
  expect(resultOf(fetch, { ...params, fail_on_missing: false }, said)?.msg).toMatch("does not exist");
});

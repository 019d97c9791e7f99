import { afterAll, beforeAll, expect, test } from "vitest";
import { endLoad, startLoad, told } from "./load.ts";
import { reloadMixed } from "./mixed-reloads.ts";
import { WebHost } from "./web-host.ts";

let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot();
});
afterAll(() => web[Symbol.asyncDispose]());

test("Z1, Z2: reloads under load lose no request", async () => {
  const probe = await startLoad(web, 4);
  const reloads = await reloadMixed(web, 3);
  const load = await endLoad(web, probe);
  expect(load.report.sent).toBeGreaterThan(500);
  expect(reloads).toBe(3);
  expect(load.failed, told(load)).toEqual({});
  expect(load.posts).toMatchObject({ missing: [], doubled: [] });
});

import { afterAll, expect, test } from "vitest";
import { failuresUnderReloads } from "./under-load.ts";
import { WebHost } from "./web-host.ts";

let web: WebHost;
afterAll(() => web[Symbol.asyncDispose]());

test("reloads under load lose no request", async () => {
  web = await WebHost.boot();
  const { report, reloads, failed } = await failuresUnderReloads(web, 3);
  expect(report.sent).toBeGreaterThan(500);
  expect(reloads).toBe(3);
  expect(failed).toEqual({});
});

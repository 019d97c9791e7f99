import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endLoad, RATE, startLoad, told } from "./load.ts";
import { reloadMixed } from "./mixed-reloads.ts";
import { WebHost } from "./web-host.ts";

const RELOADS = 200;

/** Reloads of mixed changes under load, on each nginx that we know (traps.md Z1, Z2, Z5). */
describe.each(["bookworm", "trixie", "sid"] as const)("on %s", (suite) => {
  let web: WebHost;
  beforeAll(async () => {
    web = await WebHost.boot(suite);
  });
  afterAll(() => web[Symbol.asyncDispose]());

  test(`Z1, Z2: ${RELOADS} reloads lose no request, and each POST arrives once`, async () => {
    const probe = await startLoad(web);
    const master = await web.master();
    const reloads = await reloadMixed(web, RELOADS);
    const load = await endLoad(web, probe);
    console.log(await web.shell("nginx -v 2>&1"), `${reloads} reloads;`, told(load));
    expect(load.report.rate.achieved).toBeGreaterThan(RATE * 0.95);
    expect(reloads).toBe(RELOADS);
    expect(load.failed, told(load)).toEqual({});
    expect(load.posts).toMatchObject({ missing: [], doubled: [] });
    expect(load.posts.acknowledged).toBeGreaterThan(RELOADS);
    expect(await web.master()).toBe(master);
  });
});

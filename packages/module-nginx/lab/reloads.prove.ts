import { afterAll, describe, expect, test } from "vitest";
import { failuresUnderReloads, RATE } from "./under-load.ts";
import { WebHost } from "./web-host.ts";

/** Twenty reloads of mixed changes under load, on each nginx that we know. */
describe.each(["bookworm", "trixie", "sid"] as const)("on %s", (suite) => {
  let web: WebHost;
  afterAll(() => web[Symbol.asyncDispose]());

  test("20 reloads lose no request", { timeout: 600_000 }, async () => {
    web = await WebHost.boot(suite);
    const { report, reloads, failed } = await failuresUnderReloads(web, 20);
    console.log(
      suite,
      JSON.stringify(
        { sent: report.sent, seconds: report.seconds, failed, reloads, classes: report.classes },
        undefined,
        1,
      ),
    );
    expect(report.rate.achieved).toBeGreaterThan(RATE * 0.95);
    expect(reloads).toBe(20);
    expect(failed).toEqual({});
  });
});

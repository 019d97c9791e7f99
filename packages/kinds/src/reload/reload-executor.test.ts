import type { HostJob, HostPort } from "@evenkeel/core";
import { expect, test } from "vitest";
import { reloadExecutor } from "./reload-executor.ts";
import type { ReloadWish } from "./reload-wish.ts";

/** A host whose script has said this. */
function take(wish: ReloadWish, code: number, said: string) {
  const jobs: HostJob[] = [];
  const job = async (one: HostJob) => {
    jobs.push(one);
    return { kind: "done", code, stdout: Buffer.from(said), stderr: Buffer.alloc(0) } as const;
  };
  return { jobs, outcome: reloadExecutor.take(wish, { job } as unknown as HostPort, {}) };
}

test("a proof is told with its time", async () => {
  const { jobs, outcome } = take({ service: "nginx" }, 0, "reloaded 312\ngeneration ab\nserving 7\n");
  expect(await outcome).toMatchObject({ data: { is: "reloaded", milliseconds: 312 } });
  expect(jobs[0]?.argv.slice(3)).toEqual(["evenkeel-reload", "nginx.service", "10", "needed", "nginx"]);
});

test.each([
  ["by test", "reload/refused"],
  ["by master refused", "reload/refused"],
  ["by master late", "reload/not-proven"],
  ["at start", "reload/not-started"],
  ["something else", "reload/failed"],
])("%s is %s", async (word, code) => {
  const { outcome } = take({ service: "nginx" }, 75, `emerg: no\ngeneration ab\nserving 7\n${word}\n`);
  await expect(outcome).rejects.toMatchObject({ code, detail: expect.stringContaining("emerg: no") });
});

test("files are said to be back only where they are", async () => {
  const wish = { service: "haproxy", files: ["/etc/haproxy"] } as const;
  const hint = (said: string) => expect(take(wish, 65, said).outcome).rejects;
  await hint("no\nfiles are back\nby test\n").toMatchObject({
    detail: "no",
    hint: expect.stringContaining("files are back as they were when it was last proven"),
  });
  await hint("no\nby test\n").toMatchObject({ hint: expect.stringContaining("its files are as they are") });
});

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Job } from "../../src/index.ts";
import { runningJobsRead } from "../../src/index.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

const sh = (script: string, more: Partial<Job> = {}): Job => ({
  id: randomUUID(),
  argv: ["sh", "-c", script],
  ...more,
});

export function leftJobBehaves(way: Way): void {
  const until = (script: string, expected: string) => soon(() => way.see(script).catch(() => ""), expected);
  const keepers = () => way.see("grep -la evenkeel-keepe[r] /proc/[0-9]*/cmdline 2>/dev/null | wc -l").then(Number);

  describe("a job that is left", () => {
    test("is started once, runs on when everybody has gone, and is followed by its id", async () => {
      const job = sh("echo begun; echo ran >>/tmp/evk-left; sleep 2; cat; exit 6", { stdin: "input" });
      await way.see("rm -f /tmp/evk-left");
      const first = way.connect();
      await first.start(job);
      await first.start(job);
      expect(await first.jobState(job.id)).toEqual({ kind: "running" });
      await first.close();
      const seen: string[] = [];
      const watch = { onOutput: (_stream: string, bytes: Buffer) => seen.push(`${bytes}`) };
      const outcome = await way.connection.follow(job.id, watch);
      expect(outcome).toMatchObject({ kind: "done", code: 6, stdout: Buffer.from("begun\ninput") });
      expect(seen).toEqual(["begun\n", "input"]);
      expect(await way.connection.follow(job.id)).toMatchObject({ kind: "done", code: 6 });
      expect(await way.see("cat /tmp/evk-left")).toBe("ran");
      await soon(keepers, 0);
    });

    test.runIf(way.isThorough)("is ended by the host at its deadline, though nobody is there", async () => {
      const job = sh("echo begun; sleep 4848", { deadlineMs: 1000 });
      const first = way.connect();
      await first.start(job);
      await first.close();
      await until(`cat /var/lib/evenkeel/jobs/${job.id}/rc`, "143");
      expect(await way.connection.jobState(job.id)).toEqual({
        kind: "signalled",
        signal: "SIGTERM",
        because: "deadline",
      });
      await soon(keepers, 0);
    });

    test.runIf(way.isThorough)(
      "is ended at its deadline while we are connected and do other things, or follow it",
      async () => {
        const jobs = [sh("sleep 4949", { deadlineMs: 1000 }), sh("sleep 4949", { deadlineMs: 1000 })];
        for (const job of jobs) await way.connection.start(job);
        const followed = await way.connection.follow(jobs[0]?.id ?? "");
        expect(followed).toMatchObject({ kind: "signalled", because: "deadline" });
        await until(`cat /var/lib/evenkeel/jobs/${jobs[1]?.id}/rc`, "143");
        expect(await way.see("grep -la 'sleep.494[9]' /proc/[0-9]*/cmdline 2>/dev/null || true")).toBe("");
      },
    );

    test.runIf(way.isThorough)("does not fill the disk, though nobody is there", async () => {
      const job = sh("dd if=/dev/zero bs=1048576 count=150 2>/dev/null; sleep 1.5; echo tail");
      const first = way.connect();
      await first.start(job);
      await first.close();
      await until(`cat /var/lib/evenkeel/jobs/${job.id}/rc`, "0");
      expect(await way.see(`du -sm /var/lib/evenkeel/jobs/${job.id} | cut -f1`).then(Number)).toBeLessThan(70);
      const { stdout, droppedBytes } = await way.connection.follow(job.id, { outputLimit: 1000 });
      expect(stdout.subarray(-5).toString()).toBe("tail\n");
      expect(stdout.length + droppedBytes).toBeGreaterThan(100_000_000);
    });

    test("is cancelled by whoever follows it", async () => {
      const job = sh("echo up; sleep 5050");
      await way.connection.start(job);
      const abort = new AbortController();
      const watch = { signal: abort.signal, onOutput: () => abort.abort() };
      expect(await way.connection.follow(job.id, watch)).toMatchObject({ kind: "signalled", because: "cancelled" });
    });

    test("that is on no record cannot be followed", async () => {
      await expect(way.connection.follow(randomUUID())).rejects.toMatchObject({ code: "transport/no-such-job" });
      await expect(way.connection.follow("../x")).rejects.toMatchObject({ code: "transport/job-id" });
    });
  });

  describe("jobs", () => {
    test.runIf(way.isThorough)(
      "those that still run are told, with their beginning, alone or along with other questions",
      async () => {
        const jobs = [sh("sleep 2"), sh("true", { after: "sleep 2" }), sh("true")];
        const before = Date.now();
        for (const job of jobs) await way.connection.start(job);
        const [running, ending, ended] = jobs.map(({ id }) => id);
        await until(`cat /var/lib/evenkeel/jobs/${ending}/rc /var/lib/evenkeel/jobs/${ended}/rc`, "0\n0");
        const expected = [
          { id: running, state: "running", startedAt: expect.any(Date) },
          { id: ending, state: "ending", startedAt: expect.any(Date) },
        ];
        const told = await way.connection.jobs();
        expect(told.toSorted((one, other) => (one.state > other.state ? -1 : 1))).toEqual(expected);
        for (const { startedAt } of told) {
          expect(startedAt.getTime()).toBeGreaterThan(before - 3000);
          expect(startedAt.getTime()).toBeLessThan(Date.now() + 3000);
        }
        const read = runningJobsRead();
        const [, answer] = await way.connection.exchange([{ script: "echo other" }, read]);
        expect(answer && read.parse(answer).map(({ id }) => id)).toEqual(told.map(({ id }) => id));
        await soon(() => way.connection.jobs(), []);
      },
    );

    test("where nothing is on record nothing is written", async () => {
      await way.see("mv /var/lib/evenkeel /var/lib/evenkeel.away");
      const fresh = way.connect();
      expect(await fresh.jobs()).toEqual([]);
      await fresh.close();
      expect(await way.see("ls -d /var/lib/evenkeel || true")).not.toBe("/var/lib/evenkeel");
      await way.see("mv /var/lib/evenkeel.away /var/lib/evenkeel");
    });

    test("each user's are that user's", async () => {
      const as = way.connection.as({ user: "deploy", method: way.to === "tiny" ? "su" : "sudo" });
      const job = sh("sleep 1");
      await as.start(job);
      expect((await as.jobs()).map(({ id }) => id)).toEqual([job.id]);
      expect(await way.connection.jobs()).toEqual([]);
      expect(await as.follow(job.id)).toMatchObject({ kind: "done", code: 0 });
    });
  });
}

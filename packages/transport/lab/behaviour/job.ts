import { randomUUID } from "node:crypto";
import { Secret } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import type { Job, JobWatch } from "../../src/index.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

const sh = (script: string, more: Partial<Job> = {}): Job => ({
  id: randomUUID(),
  argv: ["sh", "-c", script],
  ...more,
});
const state = "/var/lib/evenkeel/jobs";

export function jobBehaves(way: Way): void {
  const run = (job: Job, watch?: JobWatch) => way.connection.job(job, watch);
  const said = async (job: Job) => (await run(job)).stdout.toString();
  /** Processes of a host whose command line holds a word. */
  const holding = (word: string) =>
    way.see(`grep -la '${word.slice(0, -1)}[${word.slice(-1)}]' /proc/[0-9]*/cmdline 2>/dev/null | wc -l`).then(Number);

  describe("job", () => {
    test.each([
      [0, "exit 0", { kind: "done", code: 0 }],
      [3, "exit 3", { kind: "done", code: 3 }],
      [255, "exit 255", { kind: "done", code: 255 }],
      ["SIGTERM", "kill -TERM $$", { kind: "signalled", signal: "SIGTERM" }],
      ["SIGKILL", "kill -KILL $$", { kind: "signalled", signal: "SIGKILL" }],
      ["SIGSEGV", "kill -SEGV $$", { kind: "signalled", signal: "SIGSEGV" }],
    ])("ends with %s", async (_name, script, end) => {
      expect(await run(sh(`echo out; echo err >&2; ${script}`))).toEqual({
        ...end,
        stdout: Buffer.from("out\n"),
        stderr: Buffer.from("err\n"),
        droppedBytes: 0,
      });
    });

    test("a program that is not there, a folder that is not there", async () => {
      const missing = await run({ id: randomUUID(), argv: ["/no/such/program"] });
      expect(missing).toMatchObject({ kind: "done", code: 127 });
      expect(`${missing.stderr}`).toContain("/no/such/program");
      const nowhere = await run(sh("echo ran", { directory: "/no/such folder" }));
      expect(nowhere).toMatchObject({ kind: "done", stdout: Buffer.alloc(0) });
      expect(nowhere).not.toMatchObject({ code: 0 });
      expect(`${nowhere.stderr}`).toContain("/no/such folder");
    });

    test("arguments, environment and folder arrive as they are", async () => {
      const odd = ["", " ", "'", '"', "$(id)", "`id`", "a\nb", "*", "-n", "\\", "é", "\x01", "!!", "~"];
      await way.host.run(["mkdir", "-p", "/tmp/a folder'"]);
      const script = 'pwd; printf "%s|" "$ODD" "$@"; env | grep -c "^EVENKEEL_RUN" ; umask; echo "$LC_ALL"';
      const job = { ...sh(""), argv: ["sh", "-c", script, "sh", ...odd], directory: "/tmp/a folder'" };
      const environment = { ODD: "x'y\n$z", LC_ALL: new Secret("C.UTF-8") };
      expect(await said({ ...job, environment })).toBe(
        `/tmp/a folder'\nx'y\n$z|${odd.map((word) => `${word}|`).join("")}0\n0022\nC.UTF-8\n`,
      );
    });

    test.each([
      ["text", "héllo\n", "héllo\n"],
      ["nothing", "", ""],
      ["a secret", new Secret("s3cret\n"), "s3cret\n"],
      ["no line feed", new Uint8Array([0, 255, 10, 0]), Buffer.from([0, 255, 10, 0])],
    ])("takes %s on stdin", async (_name, stdin, expected) => {
      const { stdout } = await run({ id: randomUUID(), argv: ["cat"], stdin });
      expect(stdout).toEqual(Buffer.from(expected));
    });

    test("takes 3 MB of bytes on stdin, and gives them back", async () => {
      const stdin = Buffer.from(Array.from({ length: 3_000_001 }, (_, at) => (at * 7919) >> 5));
      const { stdout, droppedBytes } = await run({ id: randomUUID(), argv: ["cat"], stdin });
      expect(stdout.equals(stdin)).toBe(true);
      expect(droppedBytes).toBe(0);
    });

    test("a job that reads none of its stdin does not disturb the wire", async () => {
      const stdin = Buffer.alloc(1_000_000, "x");
      expect(await run({ id: randomUUID(), argv: ["true"], stdin })).toMatchObject({ kind: "done", code: 0 });
      expect(await way.read("echo next")).toBe("next\n");
    });

    test("a secret is in no command line and on no path", async () => {
      const canary = `canary${randomUUID()}`;
      const watch =
        "touch /tmp/watching; while [ -e /tmp/watching ]; do sleep 0.02; cat /proc/[0-9]*/cmdline; done 2>/dev/null | tr '\\0' ' '";
      const watching = way.host.shell(watch);
      await soon(() => way.see("ls /tmp/watching || true"), "/tmp/watching");
      const secret = new Secret(canary);
      const job = sh('sleep 0.3; cat; sleep 0.3; test -n "$KEY"', { stdin: secret, environment: { KEY: secret } });
      const running = run(job);
      await way.connection.exchange([{ script: "sleep 0.2" }]);
      const files = await way.see(
        `find /tmp /var /root /run /dev/shm -type f -exec grep -ls ${canary.slice(0, 20)} {} + || true`,
      );
      expect(await running).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from(canary) });
      await way.see("rm /tmp/watching");
      const { stdout } = await watching;
      expect(stdout).toContain("sleep 0.3");
      expect(stdout).not.toContain(canary);
      expect(files.split("\n").filter((file) => file && !file.endsWith("/out"))).toEqual([]);
    });

    test("output comes while the job runs", async () => {
      const seen: [string, string, number][] = [];
      const start = performance.now();
      const onOutput = (stream: string, bytes: Buffer) => seen.push([stream, `${bytes}`, performance.now() - start]);
      await run(sh("echo first; sleep 1.5; echo second >&2"), { onOutput });
      expect(seen.map(([stream, text]) => [stream, text])).toEqual([
        ["stdout", "first\n"],
        ["stderr", "second\n"],
      ]);
      expect(seen[0]?.[2]).toBeLessThan(1300);
    });

    test("a daemon that keeps stdout does not hold the job up, and lives on", async () => {
      const start = performance.now();
      const outcome = await run(sh("(trap '' HUP; exec sleep 4242) & echo started"));
      expect(outcome).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("started\n") });
      expect(performance.now() - start).toBeLessThan(2500);
      expect(await holding("sleep.4242")).toBe(1);
      await way.see("kill $(grep -la 'sleep.424[2]' /proc/[0-9]*/cmdline | cut -d/ -f3)");
    });

    test.runIf(way.isThorough)("after its deadline the whole tree is ended, and what it said is kept", async () => {
      const start = performance.now();
      const outcome = await run(sh("echo begun; sleep 4343 & sleep 4343", { deadlineMs: 1000 }));
      expect(outcome).toMatchObject({ kind: "signalled", signal: "SIGTERM", because: "deadline" });
      expect(`${outcome.stdout}`).toBe("begun\n");
      expect(performance.now() - start).toBeLessThan(5000);
      expect(await holding("sleep.4343")).toBe(0);
    });

    test.runIf(way.isThorough)(
      "cancelled, its whole tree goes: in sessions of their own, orphans, and those that will not hear",
      async () => {
        const tree =
          "setsid sleep 4444 & (sleep 4444 &) ; (trap '' TERM; sleep 4444; sleep 4444) & env -i sleep 4444 & echo up; wait";
        const abort = new AbortController();
        const start = performance.now();
        const running = run(sh(tree), { signal: abort.signal, onOutput: () => abort.abort() });
        expect(await running).toMatchObject({ kind: "signalled", because: "cancelled" });
        expect(performance.now() - start).toBeLessThan(8000);
        expect(await holding("sleep.4444")).toBe(0);
        expect(await way.read("echo alive")).toBe("alive\n");
      },
    );

    test("the same id runs once: again, at once from two sides, and asked for later", async () => {
      const job = sh("echo run >>/tmp/evk-counter; sleep 0.4; cat; exit 5", { stdin: "input" });
      await way.host.run(["rm", "-f", "/tmp/evk-counter"]);
      const other = way.connect();
      const both = await Promise.all([run(job), other.job(job), run(job)]);
      const later = await other.job(job);
      for (const outcome of [...both, later]) {
        expect(outcome).toMatchObject({ kind: "done", code: 5, stdout: Buffer.from("input") });
      }
      expect(await way.see("cat /tmp/evk-counter")).toBe("run");
      expect(await other.jobState(job.id)).toEqual({ kind: "done", code: 5 });
      expect(await other.jobState(randomUUID())).toEqual({ kind: "absent" });
      await other.close();
    });

    test.runIf(way.isThorough)("exchanges go on while jobs run, and jobs run side by side", async () => {
      const slow = sh("sleep 3; echo slow");
      const running = [run(slow), run(sh("sleep 2; echo other"))];
      const start = performance.now();
      expect(await way.connection.jobState(slow.id)).toEqual({ kind: "running" });
      expect(await way.read("echo quick")).toBe("quick\n");
      expect(performance.now() - start).toBeLessThan(2500);
      expect((await Promise.all(running)).map(({ stdout }) => `${stdout}`)).toEqual(["slow\n", "other\n"]);
      expect(performance.now() - start).toBeLessThan(4500);
    });

    test.runIf(way.isThorough)("a shell that falls silent is left for another, which finds the job", async () => {
      const connection = way.connect({ silenceTimeoutMs: 1500 });
      const [shell] = await connection.exchange([{ script: "echo $$" }]);
      const job = sh("echo ran >>/tmp/evk-silent; sleep 1; echo said");
      await way.see("rm -f /tmp/evk-silent");
      const running = connection.job(job);
      await soon(() => way.see("cat /tmp/evk-silent").catch(() => ""), "ran");
      await way.see(`kill -STOP ${shell?.stdout}`);
      expect(await running).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("said\n") });
      expect(await way.see("cat /tmp/evk-silent")).toBe("ran");
      await connection.close();
      await way.see(`kill -KILL ${shell?.stdout}`);
    });

    test.runIf(way.isThorough)("a flood is kept at both ends, and does not stay on the disk", async () => {
      const zeros = (count: number) => `dd if=/dev/zero bs=1048576 count=${count} 2>/dev/null`;
      const flood = `echo head; ${zeros(140)}; sleep 0.7; ${zeros(10)}; echo tail; sleep 0.7`;
      const job = sh(flood, { outputLimit: 100_000 });
      const outcome = await run(job);
      expect(outcome).toMatchObject({ kind: "done", code: 0 });
      expect(outcome.stdout.length).toBeLessThanOrEqual(100_000);
      expect(outcome.stdout.toString().replaceAll("\0", "")).toBe("head\ntail\n");
      expect(outcome.stdout.length + outcome.droppedBytes).toBeGreaterThan(100_000_000);
      expect(await way.see(`du -sm ${state}/${job.id} | cut -f1`).then(Number)).toBeLessThan(84);
    });

    test("the records are root's alone, and go after a week, but not while the job runs", async () => {
      const [old, recent, running] = [sh("true"), sh("true"), sh("sleep 4545")];
      await run(old);
      const records = `/var/lib/evenkeel ${state} ${state}/${old.id}`;
      expect(await way.see(`stat -c %a:%U ${records}`)).toBe("700:root\n700:root\n700:root");
      await run(recent);
      const abort = new AbortController();
      const ended = run(running, { signal: abort.signal });
      await soon(() => way.see(`cat ${state}/${running.id}/pid`).catch(() => ""), expect.not.stringMatching(/^$/));
      const days = (count: number, id: string) =>
        `touch -d '${count} days ago' ${state}/${id} 2>/dev/null || touch -d "@$(($(date +%s) - ${count * 86_400}))" ${state}/${id}`;
      await way.see([days(8, old.id), days(8, running.id), days(6, recent.id)].join("\n"));
      const fresh = way.connect();
      await fresh.job(sh("true"));
      expect(await fresh.jobState(old.id)).toEqual({ kind: "absent" });
      expect(await fresh.jobState(recent.id)).toEqual({ kind: "done", code: 0 });
      expect(await fresh.jobState(running.id)).toEqual({ kind: "running" });
      abort.abort();
      expect(await ended).toMatchObject({ kind: "signalled", because: "cancelled" });
      await fresh.close();
    });

    test("what cannot be asked of a host is refused before it is", async () => {
      await expect(run({ ...sh("true"), id: "../x" })).rejects.toMatchObject({ code: "transport/job-id" });
      await expect(run(sh("true", { environment: { "A B": "" } }))).rejects.toMatchObject({
        code: "transport/environment-name",
      });
      await expect(run(sh("x".repeat(130_000)))).rejects.toMatchObject({ code: "transport/command-too-long" });
      await expect(run(sh("a\0b"))).rejects.toMatchObject({ code: "shell/nul" });
    });

    test("a host that cannot record a job does not start it", async () => {
      await way.see("mv /var/lib/evenkeel /var/lib/evenkeel.away; echo in the way >/var/lib/evenkeel");
      const fresh = way.connect();
      const refused = fresh.job(sh("touch /tmp/evk-started", { stdin: "some input" }));
      await expect(refused).rejects.toMatchObject({ code: "transport/job-not-started" });
      const [next] = await fresh.exchange([{ script: "test -e /tmp/evk-started || echo no" }]);
      expect(`${next?.stdout}`).toBe("no\n");
      await fresh.close();
      await way.see("rm /var/lib/evenkeel; mv /var/lib/evenkeel.away /var/lib/evenkeel");
    });
  });
}

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "@evenkeel/lab";
import { fillDisk, killSshd, restartSshd } from "@evenkeel/lab";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Wired } from "./faults/proxied.ts";
import { Proxied, setPatientStage, wired } from "./faults/proxied.ts";
import { soon } from "./soon.ts";
import type { Stage } from "./stage.ts";

/** What becomes of jobs and files when the wire or the host goes. */
const job = (script: string) => ({ id: randomUUID(), argv: ["sh", "-c", script] });
/** Adds a line when it begins and another when it ends. */
const counted = (name: string, seconds: number) =>
  job(`echo begun >>/srv/${name}; sleep ${seconds}; echo ended >>/srv/${name}; echo said`);

// Side by side, each with a host of its own: most of the time goes by in waiting.
const behaves = (transport: Wired) => () => {
  let stage: Stage;
  const host = () => stage.host("hurt");
  const see = (script: string) => stage.witness(host()).see(script);
  const until = (script: string, expected: string) => soon(() => see(script).catch(() => ""), expected);
  beforeAll(async () => {
    stage = await setPatientStage("hurt");
  });
  afterEach(() => stage.closeAll());
  afterAll(() => stage?.[Symbol.asyncDispose]());
  const connect = () => stage.connect(host(), { transport });

  test("sshd is killed during a job: it runs on, once, and its end is learnt", async () => {
    const name = randomUUID();
    const running = connect().job(counted(name, 3));
    await until(`cat /srv/${name}`, "begun");
    await restartSshd(host(), { sessions: true });
    expect(await running).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("said\n") });
    expect(await see(`cat /srv/${name}`)).toBe("begun\nended");
  });

  test("sshd stays away during a job, for a while", async () => {
    const name = randomUUID();
    const running = connect().job(counted(name, 2));
    await until(`cat /srv/${name}`, "begun");
    const down = await killSshd(host(), { sessions: true });
    await sleep(5000);
    await down.undo();
    expect(await running).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("said\n") });
    expect(await see(`cat /srv/${name}`)).toBe("begun\nended");
  });

  test("nobody comes back: the job is ended after its grace, or left", async () => {
    const names = { ended: randomUUID(), left: randomUUID() };
    await using proxied = await Proxied.before(stage, host());
    const connection = proxied.connect(transport);
    const [ended, left] = [counted(names.ended, 600), counted(names.left, 7)];
    const lost = [connection.job({ ...ended, whenLost: 2 }), connection.job({ ...left, whenLost: "leave" })];
    for (const each of lost) each.catch(() => undefined);
    await until(`cat /srv/${names.ended} /srv/${names.left}`, "begun\nbegun");
    await proxied.proxy.refuse();
    proxied.proxy.reset();
    await connection.close();
    for (const each of lost) await expect(each).rejects.toMatchObject({ name: "ConnectError" });
    await until(`cat /srv/${names.left}`, "begun\nended");
    expect(await see("grep -la 'sleep.60[0]' /proc/[0-9]*/cmdline || true")).toBe("");
    const later = connect();
    expect(await later.jobState(ended.id)).toEqual({ kind: "signalled", signal: "SIGTERM", because: "lost" });
    expect(await later.jobState(left.id)).toEqual({ kind: "done", code: 0 });
    expect(await later.job(left)).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("said\n") });
    expect(await see(`cat /srv/${names.ended} /srv/${names.left}`)).toBe("begun\nbegun\nended");
  });

  test("we are killed during a job: the next of us finds it", async () => {
    const { ProcessApart } = await import("./apart/connection-apart.ts");
    const name = randomUUID();
    const command = counted(name, 3);
    const apart = new ProcessApart([process.execPath, new URL("apart/process.ts", import.meta.url).pathname]);
    apart
      .connect(stage.endpoint(host(), { transport }))
      .job(command)
      .catch(() => undefined);
    await until(`cat /srv/${name}`, "begun");
    apart.kill();
    const later = connect();
    expect(await later.jobState(command.id)).toEqual({ kind: "running" });
    expect(await later.job(command)).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("said\n") });
    expect(await see(`cat /srv/${name}`)).toBe("begun\nended");
  });

  test("its supervisor is killed: unknown, not guessed", async () => {
    const command = counted(randomUUID(), 5);
    const running = connect().job(command);
    await until(`cat /var/lib/evenkeel/jobs/${command.id}/pid | wc -l`, "1");
    await see(`read -r pid _ </var/lib/evenkeel/jobs/${command.id}/pid; kill -9 $pid`);
    expect(await running).toMatchObject({ kind: "unknown", because: "vanished" });
  });

  test("the shell is killed while a file comes: the old one stays, and the rest goes with the next", async () => {
    await using proxied = await Proxied.before(stage, host());
    const connection = proxied.connect(transport);
    await see("echo old >/srv/torn");
    await connection.ready();
    proxied.proxy.throttle(300_000, "toTarget");
    const putting = connection.put({ path: "/srv/torn", content: Buffer.alloc(400_000, "new") });
    await until("ls -d /srv/.evenkeel.*/new >/dev/null && echo there", "there");
    await see("cd /srv; set -- .evenkeel.*; pid=${1#.evenkeel.}; kill -9 ${pid%%-*}; cat torn; ls -d .evenkeel.*");
    proxied.proxy.heal();
    await putting;
    expect(await see("head -c 6 /srv/torn; ls -A /srv | grep evenkeel || true")).toBe("newnew");
  });

  test("the wire goes while a file comes: the old one stays, and nothing else", async () => {
    await using proxied = await Proxied.before(stage, host());
    const connection = proxied.connect(transport);
    await see("echo old >/srv/torn");
    await connection.ready();
    proxied.proxy.throttle(200_000, "toTarget");
    const putting = connection.put({ path: "/srv/torn", content: Buffer.alloc(400_000, "new") });
    putting.catch(() => undefined);
    await until("ls -d /srv/.evenkeel.*/new >/dev/null && echo there", "there");
    await proxied.proxy.refuse();
    proxied.proxy.reset();
    await connection.close();
    await expect(putting).rejects.toMatchObject({ name: "ConnectError", code: expect.stringMatching(/^connect\//) });
    await until("cat /srv/torn; ls -A /srv | grep evenkeel || true", "old");
  });

  test("a full disk: jobs and files are refused, with what is free; and go on when there is room", async () => {
    const connection = connect();
    await connection.ready();
    await see("mkdir -p /srv/full; echo old >/srv/full/file");
    const full = await fillDisk(host(), "/srv/full", { size: "1m", leave: 8192 });
    const file = { path: "/srv/full/file", content: "x".repeat(50_000) };
    await expect(connection.put(file)).rejects.toMatchObject({
      code: "files/no-space",
      message: expect.stringContaining("has 8192 free"),
    });
    expect(await see("cat /srv/full/file; ls -A /srv/full")).toBe("old\n.evenkeel-lab-filler\nfile");
    await full.undo();
    await connection.put(file);
    await see("mkdir -p /var/lib/evenkeel/jobs");
    const noRecords = await fillDisk(host(), "/var/lib/evenkeel", { size: "2m" });
    await expect(connection.job({ ...job("touch /srv/started"), stdin: "in" })).rejects.toMatchObject({
      code: "transport/job-not-started",
    });
    await noRecords.undo();
    expect(await connection.job(job("test ! -e /srv/started"))).toMatchObject({ kind: "done", code: 0 });
  });

  test("a job that fills the disk with what it prints: its end is on record all the same", async () => {
    const connection = connect();
    await connection.ready();
    await see("mkdir -p /var/lib/evenkeel");
    const full = await fillDisk(host(), "/var/lib/evenkeel", { size: "2m", leave: 500_000 });
    const outcome = await connection.job(job("yes | head -c 3000000; exit 3"));
    expect(outcome).toMatchObject({ kind: "done", code: 3 });
    expect(`${outcome.stderr}`).toMatch(/^$|No space left/);
    await full.undo();
  });

  test("the host is rebooted during a job: unknown, and why", async () => {
    const name = randomUUID();
    const command = counted(name, 600);
    const connection = connect();
    const running = connection.job(command);
    await until(`cat /srv/${name}`, "begun");
    await rebootWithNewBootId(host());
    // On its way down the host ends the job before it ends the shell that looks after it.
    expect(await running).toMatchObject({ kind: "unknown", because: expect.stringMatching(/^(rebooted|vanished)$/) });
    expect(await connection.jobState(command.id)).toEqual({ kind: "unknown", because: "rebooted" });
    expect(await see(`cat /srv/${name}`)).toBe("begun");
    const [answer] = await connection.exchange([{ script: "echo alive" }]);
    expect(`${answer?.stdout}`).toBe("alive\n");
  });
};

for (const transport of wired) {
  describe.concurrent(transport, () => {
    describe("in trouble", { concurrent: false }, behaves(transport));
  });
}

/** A container has the machine's boot id; a machine that boots has a new one. */
async function rebootWithNewBootId(host: Host): Promise<void> {
  await host.stop({ hard: true });
  await host.start();
  await host.enter([
    ...[
      "sh",
      "-c",
      "cat /proc/sys/kernel/random/uuid >/run/boot_id && mount --bind /run/boot_id /proc/sys/kernel/random/boot_id",
    ],
  ]);
}

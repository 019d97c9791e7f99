import { randomUUID } from "node:crypto";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ProcessApart } from "./apart/connection-apart.ts";
import { Proxied, setPatientStage, wired } from "./faults/proxied.ts";
import { isProving } from "./is-proving.ts";
import { soon } from "./soon.ts";
import type { Stage } from "./stage.ts";

/** Much, slowly, and nothing at all. Sizes and times are a tenth or less unless EVENKEEL_PROVE is set. */
let stage: Stage;
let folder: string;
const MiB = 1024 * 1024;
const host = () => stage.host("flow");
const see = (script: string) => stage.witness(host()).see(script);
const apart: ProcessApart[] = [];

/** A connection in a process of its own, whose memory is nobody else's. */
function connectApart(transport: (typeof wired)[number]) {
  const process_ = new ProcessApart([process.execPath, new URL("apart/process.ts", import.meta.url).pathname]);
  apart.push(process_);
  return { connection: process_.connect(stage.endpoint(host(), { transport })), process: process_ };
}

async function localFile(size: number): Promise<string> {
  const path = join(folder, `file-${size}`);
  const block = Buffer.from(Array.from({ length: MiB }, (_, at) => (at * 2654435761) >>> 13));
  await pipeline(
    Readable.from(
      (function* () {
        for (let left = size; left > 0; left -= MiB) yield block.subarray(0, Math.min(left, MiB));
      })(),
    ),
    createWriteStream(path),
  );
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evk-flow-"));
  stage = await setPatientStage("flow");
});
afterEach(async () => {
  await stage.closeAll();
  for (const each of apart.splice(0)) each.end();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage?.[Symbol.asyncDispose]();
});

describe.each(wired)("%s", (transport) => {
  test("a slow wire is no dead wire", { timeout: 120_000 }, async () => {
    const [rate, size] = isProving ? [64 * 1024, 2 * MiB] : [512 * 1024, MiB];
    await using proxied = await Proxied.before(stage, host());
    const connection = proxied.connect(transport);
    await connection.ready();
    proxied.proxy.throttle(rate);
    const start = performance.now();
    await connection.put({ path: "/srv/slow", content: Buffer.alloc(size, "slow") });
    expect(performance.now() - start).toBeGreaterThan((size / rate) * 900);
    expect(proxied.proxy.traffic.connections).toBe(1);
    expect(await see("stat -c %s /srv/slow; rm /srv/slow")).toBe(`${size}`);
  });

  test("questions and jobs do not wait behind a large file, and do not disturb it", { timeout: 120_000 }, async () => {
    await using proxied = await Proxied.before(stage, host());
    const connection = proxied.connect(transport);
    await connection.ready();
    proxied.proxy.throttle(2 * MiB);
    const size = 16 * MiB;
    let isThere = false;
    const putting = connection.put({ path: "/srv/wide", content: Buffer.alloc(size, "wide") });
    void putting.finally(() => (isThere = true)).catch(() => undefined);
    await soon(() => see("stat -c %s /srv/.evenkeel.*/new").catch(() => "0"), expect.not.stringMatching(/^0$/));
    const [answer] = await connection.exchange([{ script: "echo meanwhile" }], { deadlineMs: 5000 });
    const outcome = await connection.job({ id: randomUUID(), argv: ["echo", "done"] });
    expect([isThere, `${answer?.stdout}`, `${outcome.stdout}`]).toEqual([false, "meanwhile\n", "done\n"]);
    await putting;
    expect(await see("stat -c %s /srv/wide; rm /srv/wide")).toBe(`${size}`);
    expect(proxied.proxy.traffic.toTarget).toBeLessThan(size * 1.2);
  });

  test.runIf(isProving)(
    "a wire on which nothing passes is found out within 45 s, and mended",
    { timeout: 150_000 },
    async () => {
      const name = randomUUID();
      await using proxied = await Proxied.before(stage, host());
      const connection = proxied.connect(transport);
      const running = connection.job({
        id: randomUUID(),
        argv: ["sh", "-c", `echo ran >>/srv/${name}; sleep 60; echo done`],
      });
      await soon(() => see(`cat /srv/${name}`).catch(() => ""), "ran");
      const start = performance.now();
      for (const each of proxied.proxy.connections) each.stall();
      await expect.poll(() => proxied.proxy.traffic.connections, { timeout: 60_000 }).toBe(2);
      expect(performance.now() - start).toBeLessThan(46_000);
      expect(await running).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("done\n") });
      expect(await see(`cat /srv/${name}`)).toBe("ran");
    },
  );

  test("new keys all the time do not disturb an upload", { timeout: 300_000 }, async () => {
    await host().shell("echo 'RekeyLimit 1M' >/etc/ssh/sshd_config.d/rekey.conf && systemctl restart ssh");
    const size = (isProving ? 256 : 16) * MiB;
    const path = await localFile(size);
    const connection = stage.connect(host(), { transport });
    await connection.put({ path: "/srv/rekeyed", content: { localFile: path } });
    const [answer] = await connection.exchange([{ script: "sha256sum </srv/rekeyed; rm /srv/rekeyed" }]);
    expect(`${answer?.stdout}`.slice(0, 64)).toBe(await sumOf(path));
    await host().shell("rm /etc/ssh/sshd_config.d/rekey.conf && systemctl restart ssh");
  });

  test("a large file needs little memory", { timeout: 300_000 }, async () => {
    const size = (isProving ? 1024 : 100) * MiB;
    const path = await localFile(size);
    const { connection, process: its } = connectApart(transport);
    await connection.put({ path: "/srv/large", content: { localFile: path } });
    expect(await see("sha256sum </srv/large | cut -c1-64; rm /srv/large")).toBe(await sumOf(path));
    console.log(`${transport}: put of ${size / MiB} MiB with a peak of ${Math.round(its.peakBytes / MiB)} MiB`);
    expect(its.peakBytes).toBeLessThan(200 * MiB);
    await connection.close();
  });

  test.runIf(isProving && transport === "ssh2")(
    "a hundred hosts at once need little memory",
    { timeout: 300_000 },
    async () => {
      const path = await localFile(4 * MiB);
      const its = new ProcessApart([process.execPath, new URL("apart/process.ts", import.meta.url).pathname]);
      apart.push(its);
      const connections = Array.from({ length: 100 }, () => its.connect(stage.endpoint(host(), { transport })));
      await Promise.all(
        connections.map(async (connection, at) => {
          await connection.put({ path: `/srv/one-of-many-${at}`, content: { localFile: path } });
          await connection.close();
        }),
      );
      expect(await see("cat /srv/one-of-many-* | wc -c; rm /srv/one-of-many-*")).toBe(`${400 * MiB}`);
      console.log(`a hundred at once with a peak of ${Math.round(its.peakBytes / MiB)} MiB`);
      expect(its.peakBytes).toBeLessThan(300 * MiB);
    },
  );

  test("hostile output fills neither us nor the host's disk", { timeout: 300_000 }, async () => {
    const size = isProving ? 1024 : 200;
    const { connection, process: its } = connectApart(transport);
    const hostile =
      "printf '\\036\\377\\0\\033]0;hi\\007'; dd if=/dev/urandom bs=1048576 count=8 2>/dev/null >/tmp/noise; i=0; while [ $i -lt $1 ]; do cat /tmp/noise; i=$((i + 8)); done; echo the end";
    const argv = ["sh", "-c", hostile, "sh", `${size}`];
    const [answer] = await connection.exchange([{ script: `set -- ${size}; ${hostile}`, outputLimit: 2 * MiB }]);
    expect(answer?.stdout.subarray(-8).toString()).toBe("the end\n");
    expect((answer?.stdout.length ?? 0) + (answer?.droppedBytes ?? 0)).toBeGreaterThan(size * MiB);
    const sampling = host().shell(
      "most=0; touch /tmp/sampling; while [ -e /tmp/sampling ]; do now=$(du -sk /var/lib/evenkeel | cut -f1); [ $now -le $most ] || most=$now; sleep 0.05; done; echo $most",
    );
    await soon(() => see("ls /tmp/sampling || true"), "/tmp/sampling");
    const outcome = await connection.job({ id: randomUUID(), argv, outputLimit: 2 * MiB });
    await see("rm /tmp/sampling");
    const most = Number((await sampling).stdout) / 1024;
    expect(outcome).toMatchObject({ kind: "done", code: 0 });
    expect(outcome.stdout.subarray(-8).toString()).toBe("the end\n");
    expect(outcome.stdout.length + outcome.droppedBytes).toBeGreaterThan(size * MiB);
    console.log(
      `${transport}: ${size} MiB of hostile output, us ${Math.round(its.peakBytes / MiB)} MiB at most, the host's disk ${Math.round(most)} MiB`,
    );
    expect(its.peakBytes).toBeLessThan(200 * MiB);
    expect(await see("du -sm /var/lib/evenkeel | cut -f1").then(Number)).toBeLessThan(120);
    // What is written in a tenth of a second comes on top of the 64 MiB.
    expect(most).toBeLessThan(isProving ? 450 : 250);
    await see("rm -rf /var/lib/evenkeel/jobs/*");
    await connection.close();
  });
});

async function sumOf(path: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const { createReadStream } = await import("node:fs");
  const sum = createHash("sha256");
  for await (const chunk of createReadStream(path)) sum.update(chunk);
  return sum.digest("hex");
}

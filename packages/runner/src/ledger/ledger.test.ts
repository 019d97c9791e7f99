import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readWords } from "@evenkeel/core";
import { expect, test } from "vitest";
import { FakeHost } from "../testing/fake-host.ts";
import { Ledger } from "./ledger.ts";
import type { Holder, Pending } from "./records.ts";

const holder: Holder = {
  owner: "anna@laptop",
  machine: "m",
  process: 1,
  since: "2026-01-01T00:00:00Z",
  reason: "site.yml",
};
const run = { program: "site", run: "r1", since: holder.since, owner: holder.owner };
const pending: Pending = {
  id: "p1",
  program: "site",
  play: "web",
  handler: 'it\'s "quoted"',
  task: "a",
  run: "r1",
  since: holder.since,
};

const ledgerOn = (host: FakeHost, owner = holder.owner) => new Ledger(host.port, { ...holder, owner });
const guardSays = async (host: FakeHost, ledger: Ledger, more: readonly Pending[] = []) => {
  const [answer] = await host.port.exchange([{ script: ledger.guard(more) }]);
  return { code: answer?.code, stderr: Buffer.from(answer?.stderr ?? []).toString() };
};
const lease = (host: FakeHost) => join(host.folder, "lock/lease");
/** As if nobody had renewed it for long. */
function expire(host: FakeHost): void {
  const [token, boot] = readFileSync(lease(host), "utf8").split(" ");
  writeFileSync(lease(host), `${token} ${boot} 1\n`);
}

test("one has the lock, another is told who; given back, it is free and nothing is left", async () => {
  const host = new FakeHost();
  const [anna, bert] = [ledgerOn(host), ledgerOn(host, "bert@desk")];
  expect(await anna.acquire(run)).toBeUndefined();
  expect(await bert.acquire(run)).toMatchObject({ isExpired: false, holder: { owner: "anna@laptop" } });
  expect(host.records("runs")).toEqual(["site"]);
  await anna.release("site");
  expect([host.records("runs"), host.records("lock")]).toEqual([[], []]);
  expect(await bert.acquire(run)).toBeUndefined();
  await bert.release("site");
});

test("an expired lock is taken over, and its old owner can do nothing more", async () => {
  const host = new FakeHost();
  const [anna, bert] = [ledgerOn(host), ledgerOn(host, "bert@desk")];
  await anna.acquire(run);
  expect(await guardSays(host, anna)).toMatchObject({ code: 0 });
  expire(host);
  expect(await bert.acquire(run)).toBeUndefined();
  expect(await guardSays(host, bert)).toMatchObject({ code: 0 });
  const refused = await guardSays(host, anna, [pending]);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("bert@desk");
  expect(host.records("pending")).toEqual([]);
  await anna.release("site");
  expect(host.records("lock")).not.toEqual([]);
  await bert.release("site");
});

test("a lock from before the reboot is nobody's", async () => {
  const host = new FakeHost();
  const [anna, bert] = [ledgerOn(host), ledgerOn(host, "bert@desk")];
  await anna.acquire(run);
  const [token, , until] = readFileSync(lease(host), "utf8").split(" ");
  writeFileSync(lease(host), `${token} another-boot ${until}`);
  expect(await bert.acquire(run)).toBeUndefined();
  anna.abandon();
  await bert.release("site");
});

test("a holder that is known to be dead is not waited for; any other is", async () => {
  const host = new FakeHost();
  const [anna, bert, carl] = [ledgerOn(host), ledgerOn(host, "bert@desk"), ledgerOn(host, "carl@desk")];
  await anna.acquire(run);
  const token = (await bert.acquire(run))?.token ?? "";
  expect(await bert.acquire(run, token)).toBeUndefined();
  expect(await carl.acquire(run, token)).toMatchObject({ holder: { owner: "bert@desk" } });
  anna.abandon();
  await bert.release("site");
});

test("of many who see the same expired lock at once, one gets it", { timeout: 60_000 }, async () => {
  const words = readWords(new URL("./ledger.sh", import.meta.url));
  for (let round = 0; round < 10; round++) {
    const host = new FakeHost();
    await ledgerOn(host).acquire(run);
    expire(host);
    const takers = Array.from({ length: 12 }, (_, at) => {
      const script = `${words.replace(/^if \[ "\$\(id -u\)"[\s\S]*?fi$/m, `evl=${host.folder}`)}\nevl_lock token${at} 60 '{}' ''`;
      const child = spawn("sh", ["-c", script], { stdio: "ignore" });
      return new Promise<number | null>((resolve) => child.on("close", resolve));
    });
    const codes = await Promise.all(takers);
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
  }
});

test("what must be done is written down before, whatever its name, and struck when done", async () => {
  const host = new FakeHost();
  const anna = ledgerOn(host);
  await anna.acquire(run);
  expect(await guardSays(host, anna, [pending])).toMatchObject({ code: 0 });
  const [answer] = await host.port.exchange([{ script: anna.script }]);
  expect(anna.take(answer)).toMatchObject({ pending: [pending], runs: [run], lock: { isExpired: false } });
  await anna.strike(["p1"]);
  expect(host.records("pending")).toEqual([]);
  await anna.release("site");
});

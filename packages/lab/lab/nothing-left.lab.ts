import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Lab } from "../src/index.ts";
import { createLab, findOrphans, listLabs, openLab, removeLab, sweep } from "../src/index.ts";
import { marksOf, tracesOf } from "./traces.ts";

type Owned = { child: ChildProcess; lab: string; address: string; container: string };

async function startOwner(then: "wait" | "exit" | "throw", name?: string): Promise<Owned> {
  const program = new URL("./owner-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program, then, ...(name ? [name] : [])], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGTERM"));
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) };
  throw new Error("the owner ended without a lab");
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
};

// Images and packages, so that what follows is about labs alone.
let warm: Lab;
beforeAll(async () => {
  warm = await createLab({ onProgress: console.log });
  await warm.addHost({ name: "warm" });
});
afterAll(() => warm?.down());

test("down leaves nothing: containers, networks, mounts, links, rules, processes, files, snapshots", async () => {
  const lab = await createLab();
  const hosts = await lab.addHosts([{ name: "one" }, { name: "two", suite: "tiny" }]);
  const marks = (await Promise.all(hosts.map(({ container }) => marksOf(container)))).flat();
  await hosts[0]?.snapshot("gone-with-it");
  await hosts[0]?.pause();
  await hosts[1]?.stop();
  expect((await tracesOf(lab.name, marks)).length).toBeGreaterThan(5);
  await lab.down();
  expect(await tracesOf(lab.name, marks)).toEqual([]);
});

test.each(["exit", "throw"] as const)("a process that ends (%s) takes its lab with it", async (then) => {
  const { child, lab } = await startOwner(then);
  await ended(child);
  expect(child.exitCode).toBe(then === "exit" ? 0 : 1);
  expect(await tracesOf(lab, [])).toEqual([]);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("so does one that gets %s", async (signal) => {
  const { child, lab, container } = await startOwner("wait");
  const marks = await marksOf(container);
  child.kill(signal);
  await ended(child);
  expect(child.signalCode).toBe(signal);
  expect(await tracesOf(lab, marks)).toEqual([]);
});

test("what a killed process leaves is shown as an orphan, and swept", async () => {
  const { child, lab, container } = await startOwner("wait");
  const marks = await marksOf(container);
  expect((await findOrphans()).map(({ name }) => name)).not.toContain(lab);
  child.kill("SIGKILL");
  await ended(child);
  expect((await findOrphans()).map(({ name }) => name)).toContain(lab);
  expect(await sweep()).toContain(lab);
  expect(await tracesOf(lab, marks)).toEqual([]);
});

test("many may sweep one orphan at once", async () => {
  const { child, lab } = await startOwner("wait");
  child.kill("SIGKILL");
  await ended(child);
  await Promise.all([sweep(), sweep(), sweep()]);
  expect(await tracesOf(lab, [])).toEqual([]);
});

test("killed at any moment of booting, nothing is left after the next sweep", async () => {
  const program = new URL("./owner-process.ts", import.meta.url).pathname;
  for (const milliseconds of [250, 450, 600, 750, 900]) {
    const name = `cut-${milliseconds}`;
    const child = spawn(process.execPath, [program, "wait", name], { stdio: "ignore" });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    child.kill("SIGKILL");
    await ended(child);
    // The engine's own commands were not killed, and may still be finishing a host.
    await expect
      .poll(
        async () => {
          await sweep();
          return tracesOf(name, []);
        },
        { timeout: 10_000 },
      )
      .toEqual([]);
  }
});

test("two processes have labs of their own: other addresses, other names, other networks", async () => {
  const [one, two] = await Promise.all([startOwner("wait"), startOwner("wait")]);
  expect(one.lab).not.toBe(two.lab);
  expect(one.address).not.toBe(two.address);
  const lives = (await listLabs()).filter(({ name }) => [one.lab, two.lab].includes(name)).map(({ life }) => life);
  expect(lives).toEqual(["owned", "owned"]);
  const host = (await openLab(one.lab)).host("only");
  const other = (await openLab(two.lab)).host("only");
  const script = `exec 3<>/dev/tcp/${other.innerAddress}/22`;
  const reached = await host.run(["timeout", "1", "bash", "-c", script], { check: false });
  expect(reached.code).not.toBe(0);
  one.child.kill("SIGTERM");
  two.child.kill("SIGTERM");
  await Promise.all([ended(one.child), ended(two.child)]);
});

test("of two that want one name, one gets it", async () => {
  const tries = await Promise.allSettled([createLab({ name: "wanted" }), createLab({ name: "wanted" })]);
  const got = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const refused = tries.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  await Promise.all(got.map((lab) => lab.down()));
  expect({ got: got.length, refused }).toEqual({ got: 1, refused: ["lab/name-taken"] });
});

test("a kept lab outlives its process and is removed by name", async () => {
  const lab = await createLab({ keep: true });
  await lab.addHost({ name: "stays" });
  expect((await listLabs()).find(({ name }) => name === lab.name)?.life).toBe("kept");
  expect(await sweep()).not.toContain(lab.name);
  await removeLab(lab.name);
  expect(await tracesOf(lab.name, [])).toEqual([]);
});

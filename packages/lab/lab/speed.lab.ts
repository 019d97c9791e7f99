import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../src/index.ts";
import { createLab } from "../src/index.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await createLab({ onProgress: console.log });
  await lab.addHost({ name: "warm" });
});
afterAll(() => lab?.down());

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test("a host answers on SSH within 2 s once its image is there", async () => {
  const times: number[] = [];
  for (const name of ["a", "b", "c", "d", "e"]) times.push(await seconds(() => lab.addHost({ name })));
  console.log(`one host: ${times.map((time) => time.toFixed(2)).join(" ")} s`);
  expect(median(times)).toBeLessThan(2);
});

test("ten hosts side by side take less than 2 s each", async () => {
  const hosts = Array.from({ length: 10 }, (_, index) => ({ name: `n${index}` }));
  const time = await seconds(() => lab.addHosts(hosts));
  console.log(`ten hosts: ${time.toFixed(2)} s`);
  expect(time).toBeLessThan(20);
});

const install =
  "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx mariadb-server bind9";

test("packages that one host has fetched are there for the next, also when several install at once", {
  timeout: 300_000,
}, async () => {
  const [first, second, third] = await lab.addHosts([{ name: "p1" }, { name: "p2" }, { name: "p3" }]);
  const log = async (run: Promise<{ stdout: string }> | undefined) => (await run)?.stdout ?? "";
  const fetched = (output: string) => /^Need to get (.*?) of archives/m.exec(output)?.[1] ?? "nothing";
  const one = await seconds(() => log(first?.shell(install)));
  const outputs: string[] = [];
  const both = await seconds(async () =>
    outputs.push(...(await Promise.all([second, third].map((host) => log(host?.shell(install)))))),
  );
  console.log(
    `stack: first ${one.toFixed(1)} s; then two at once ${both.toFixed(1)} s, fetching ${outputs.map(fetched).join(" and ")}`,
  );
  for (const output of outputs) expect(output).toMatch(/^Need to get 0 B\/[\d.]+ MB of archives/m);
  for (const host of [first, second, third]) {
    const { stdout } = await (host as NonNullable<typeof host>).shell(
      "systemctl is-active nginx mariadb named; systemctl is-system-running",
      { check: false },
    );
    expect(stdout).toBe("active\nactive\nactive\nrunning\n");
  }
});

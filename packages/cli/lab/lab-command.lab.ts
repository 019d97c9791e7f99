import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, test } from "vitest";

const program = new URL("../src/main.mjs", import.meta.url).pathname;
const lab = "cli-test";

function evenkeel(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

type Listed = { name: string; life: string; hosts: { name: string; address: string; state: string }[] };
const listed = (): Listed[] => JSON.parse(evenkeel("lab", "list", "--json").stdout);

afterAll(() => {
  for (const name of [lab, `${lab}-2`]) evenkeel("lab", "down", name);
});

test("up boots the hosts that were named, and says how to go on", () => {
  const { status, stdout } = evenkeel("lab", "up", "web", "db", "--name", lab, "--sudo", "password");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^cli-test is up\n {2}web {2}127\.0\.\d+\.1 {2}trixie\n {2}db {3}127\.0\.\d+\.2 {2}trixie\n/);
  expect(stdout).toContain(`evenkeel lab ssh web\n`);
  expect(stdout).toContain(`evenkeel lab down ${lab}\n`);
  expect(stdout).toMatch(/sudo asks for {2}\S+\n/);
});

test("list shows it, for people and for programs", () => {
  expect(evenkeel("lab", "list").stdout).toMatch(/^cli-test\n {2}web .* running\n {2}db .* running\n/m);
  const found = listed().find(({ name }) => name === lab);
  expect(found).toMatchObject({ life: "kept", hosts: [{ name: "web", state: "running" }, { name: "db" }] });
});

test("ssh runs a command, and ends with its status", () => {
  expect(evenkeel("lab", "ssh", `${lab}/web`, "--", "id -un; hostname")).toMatchObject({
    status: 0,
    stdout: "deploy\nweb\n",
  });
  expect(evenkeel("lab", "ssh", "-u", "root", `${lab}/web`, "--", "exit 7").status).toBe(7);
});

test("a snapshot is kept beyond its lab, and boots", () => {
  evenkeel("lab", "ssh", "-u", "root", `${lab}/web`, "--", "echo here > /srv/made");
  expect(evenkeel("lab", "snapshot", `${lab}/web`, "cli-test-snapshot").status).toBe(0);
  expect(evenkeel("lab", "down", lab)).toMatchObject({ status: 0, stdout: `${lab} is gone\n` });
  expect(evenkeel("lab", "up", "copy", "--name", `${lab}-2`, "--snapshot", "cli-test-snapshot").status).toBe(0);
  expect(evenkeel("lab", "ssh", `${lab}-2/copy`, "--", "cat /srv/made").stdout).toBe("here\n");
  expect(evenkeel("lab", "down", `${lab}-2`).status).toBe(0);
  expect(evenkeel("lab", "prune", "cli-test-snapshot")).toMatchObject({
    status: 0,
    stdout: "removed cli-test-snapshot\n",
  });
  expect(evenkeel("lab", "prune", "cli-test-snapshot")).toMatchObject({ status: 2, stdout: "" });
});

test("what is wrong is said with what to do, and ends with 2", () => {
  for (const args of [
    ["up", "Bad_Name"],
    ["up", "a", "--hosts", "2"],
    ["up", "--suite", "jessie"],
    ["up", "--hosts", "0"],
  ]) {
    expect(evenkeel("lab", ...args)).toMatchObject({ status: 2, stdout: "" });
  }
  expect(evenkeel("lab", "up", "x", "--snapshot", "never")).toMatchObject({ status: 2 });
  expect(evenkeel("lab", "ssh", "no-such-host").stderr).toContain("evenkeel lab list");
  expect(evenkeel("lab", "down", "no-such-lab")).toMatchObject({ status: 2, stdout: "" });
});

test("an up that is killed is cleaned by the next down", async () => {
  const name = `${lab}-killed`;
  const child = spawn(process.execPath, [program, "lab", "up", "--hosts", "3", "--name", name], { stdio: "ignore" });
  await expect
    .poll(() => listed().find((one) => one.name === name)?.hosts.length ?? 0, { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(0);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(listed().find((one) => one.name === name)?.life).toBe("orphan");
  expect(evenkeel("lab", "down", name)).toMatchObject({ status: 0 });
  // Commands of the engine that were not killed may finish a host afterwards; then the next down finds it.
  await expect
    .poll(
      () => [
        evenkeel("lab", "down", name).status,
        listed()
          .map((one) => one.name)
          .includes(name),
      ],
      { timeout: 10_000 },
    )
    .toEqual([2, false]);
});

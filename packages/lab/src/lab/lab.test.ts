import { expect, test } from "vitest";
import { checkName } from "./check-name.ts";
import type { Host } from "./host.ts";
import { inParallel } from "./in-parallel.ts";
import { inventory } from "./inventory.ts";
import { parseContainer } from "./list-labs.ts";
import { commitArguments, resolveImage, snapshotReference } from "./snapshot.ts";

test.each(["web-1", "a", "0", "x".repeat(40)])("%s can be a name", (name) => {
  expect(checkName("host", name)).toBe(name);
});

test.each(["", "Web", "a_b", "-a", "a-", "a.b", "x".repeat(41)])("%j cannot be a name", (name) => {
  expect(() => checkName("host", name)).toThrow(`"${name}" cannot name a host`);
});

test("an inventory names key, known hosts and the user of each host", () => {
  const hosts = [
    { name: "web", address: "127.0.10.1", suite: "trixie" },
    { name: "small", address: "127.0.10.2", suite: "tiny" },
  ] as Host[];
  const text = inventory({ hosts, identityFile: "/l/key", knownHostsFile: "/l/known", deployPassword: "pw" });
  expect(text).toBe(`[lab]
web ansible_host=127.0.10.1 ansible_user=deploy
small ansible_host=127.0.10.2 ansible_user=root

[lab:vars]
ansible_ssh_private_key_file=/l/key
ansible_ssh_common_args='-o IdentitiesOnly=yes -o UserKnownHostsFile=/l/known'
ansible_become_password=pw
`);
});

test("a container's line is read, with docker's slash or without", () => {
  const labels = {
    "evenkeel.lab": "x",
    "evenkeel.lab.host": "web",
    "evenkeel.lab.number": "3",
    "evenkeel.lab.suite": "sid",
  };
  expect(
    parseContainer(`"/evenkeel-lab-x-web" "running" ${JSON.stringify({ ...labels, other: "with space" })}`),
  ).toEqual({
    ...{ lab: "x", name: "web", number: 3, suite: "sid", address: "", state: "running" },
    container: "evenkeel-lab-x-web",
  });
});

test("a lab's snapshot is its own; a kept one is everyone's, by its short name", () => {
  expect(snapshotReference("base", "x")).not.toBe(snapshotReference("base"));
  expect(resolveImage("base")).toBe(snapshotReference("base"));
  expect(resolveImage(snapshotReference("base", "x"))).toBe(snapshotReference("base", "x"));
  const host = { lab: "x", suite: "trixie", container: "c" } as const;
  const commit = (keep: boolean) => commitArguments({ engine: "podman", host, reference: "r", keep });
  expect(commit(false)).toContain("LABEL evenkeel.lab=x");
  expect(commit(true)).toContain("LABEL evenkeel.lab=");
});

test("work in parallel keeps order and bound, and fails once nothing is under way", async () => {
  let now = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5 * item));
    now--;
    if (item === 3) throw new Error("three");
    return item * 2;
  };
  expect(await inParallel([2, 1, 0, 1], 2, work)).toEqual([4, 2, 0, 2]);
  expect(most).toBe(2);
  await expect(inParallel([3, 4, 1], 2, work)).rejects.toThrow("three");
  expect(now).toBe(0);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { holdAptLock, skewClock } from "../src/faults/faults.ts";
import type { Host, Lab } from "../src/index.ts";
import { createLab } from "../src/index.ts";
import { sshTo } from "./ssh-to.ts";

let lab: Lab;
let debian: Host;

beforeAll(async () => {
  lab = await createLab();
  debian = await lab.addHost({ name: "debian" });
});

afterAll(() => lab?.down());

test("a held apt lock: apt names its holder and gives up; released, it works", async () => {
  const command = "sudo apt-get -y autoremove";
  const lock = await holdAptLock(debian);
  const held = ssh(command);
  expect(held.status).toBe(100);
  expect(held.stderr).toMatch(/Could not get lock \/var\/lib\/dpkg\/lock-frontend. It is held by process \d+/);
  await expect(holdAptLock(debian)).rejects.toThrow("somebody else holds it");
  await lock.undo();
  expect(ssh(command).status).toBe(0);
});

test.each([7200, -90_000])(
  "a clock skewed by %i s, for sessions, sudo and services; then it is right again",
  async (seconds) => {
    const before = await traces();
    const skew = await skewClock(debian, seconds);
    for (const date of ["date +%s", "sudo date +%s", "sudo systemd-run --quiet --wait --pipe date +%s"]) {
      expect(skewOf(ssh(date).stdout), date).toBeCloseTo(seconds, -1);
    }
    const copied =
      "touch -d '2020-01-02 03:04:05' a; cp -p a b; tar cf t.tar b; rm b; tar xf t.tar; stat -c %y a b | cut -c 1-19";
    expect(ssh(copied).stdout).toBe("2020-01-02 03:04:05\n2020-01-02 03:04:05");
    const timed = ssh("time -p sleep 0.5; timeout 0.2 sleep 5; echo $?");
    expect(timed.stderr).toMatch(/real 0.5/);
    expect(timed.stdout).toBe("124");
    expect(ssh("sudo systemctl restart ssh && systemctl is-active ssh").stdout).toBe("active");
    await skew.undo();
    expect(skewOf(ssh("date +%s").stdout)).toBeCloseTo(0, -1);
    expect(ssh("env | grep -c FAKE").stdout).toBe("0");
    expect(await traces()).toBe(before);

    function traces(): Promise<string> {
      const files =
        "ls -la /etc/ld.so.preload /etc/faketimerc /etc/sudoers.d /usr/local/lib /dev/shm 2>&1 | grep -Ev ' [.]+$|^total'";
      const look = `${files}; cat /etc/environment; systemctl show-environment`;
      return debian.shell(look).then(({ stdout }) => stdout);
    }
  },
);

/** As the unprivileged user. */
function ssh(script: string) {
  return sshTo(lab, debian, { user: "deploy", script });
}

/** How many seconds a moment told by a host is ahead of the machine. */
function skewOf(moment: string): number {
  return Number(moment) - Date.now() / 1000;
}

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Host, Lab } from "../src/index.ts";
import { createLab, suites } from "../src/index.ts";
import { sshTo } from "./ssh-to.ts";

let lab: Lab;
const on = (suite: string): Host => lab.host(`on-${suite}`);

beforeAll(async () => {
  lab = await createLab({ onProgress: console.log });
  await lab.addHosts(suites.map((suite) => ({ name: `on-${suite}`, suite })));
});
afterAll(() => lab?.down());

describe.each(suites.filter((suite) => suite !== "tiny"))("a %s host", (suite) => {
  test("has come up whole, with its own systemd as PID 1", async () => {
    const { stdout } = await on(suite).run(["systemctl", "is-system-running", "--wait"], { check: false });
    expect(stdout.trim()).toBe("running");
    expect((await on(suite).readFile("/proc/1/comm")).trim()).toBe("systemd");
    expect(await on(suite).readFile("/etc/os-release")).toContain(
      suite === "sid" ? "/sid" : `VERSION_CODENAME=${suite}`,
    );
  });

  test("has no Python, and no policy that keeps packages from starting their services", async () => {
    const { stdout } = await on(suite).shell(
      "find / -xdev -name 'python*' -type f -perm /111; ls /usr/sbin/policy-rc.d 2>/dev/null; true",
    );
    expect(stdout).toBe("");
  });

  test("lets root and deploy in by the lab's key, and deploy use sudo", () => {
    expect(sshTo(lab, on(suite), { user: "root", script: "id -u; hostname" }).stdout).toBe(`0\non-${suite}`);
    expect(sshTo(lab, on(suite), { user: "deploy", script: "id -u; sudo -n id -u" }).stdout).toBe("1000\n0");
  });

  test("keeps stock sshd: root by key only", async () => {
    const { stdout } = await on(suite).shell("sshd -T -C user=root,host=x,addr=198.19.0.1");
    expect(stdout).toMatch(/^permitrootlogin (prohibit-password|without-password)$/im);
  });

  test("can replace the three files that engines hold on to", async () => {
    const replace =
      "for f in hosts hostname resolv.conf; do cp /etc/$f /etc/$f.new && mv /etc/$f.new /etc/$f || exit 1; done";
    expect(await on(suite).shell(replace)).toMatchObject({ code: 0 });
  });

  test("installs from its own release", async () => {
    await on(suite).shell("apt-get update -q && apt-get install -y -q --no-install-recommends hello");
    expect((await on(suite).run(["hello"])).stdout).toBe("Hello, world!\n");
  });
});

describe("a tiny host", () => {
  test("has busybox and dropbear, and nothing else to run", async () => {
    const { stdout } = await on("tiny").shell(
      "find /bin /sbin /usr -type f -perm -111 ! -name '*.so*' ! -path '/usr/lib/evenkeel-lab/*'",
    );
    expect(stdout.trim().split("\n").sort()).toEqual(["/bin/busybox", "/usr/bin/dropbearkey", "/usr/sbin/dropbear"]);
  });

  test("lets root and deploy in by the lab's key", () => {
    expect(sshTo(lab, on("tiny"), { user: "root", script: "id -u; hostname" }).stdout).toBe("0\non-tiny");
    expect(sshTo(lab, on("tiny"), { user: "deploy", script: "id -u; command -v sudo || echo none" }).stdout).toBe(
      "1000\nnone",
    );
  });

  test("gets its sshd back when that is killed", async () => {
    await on("tiny").shell("kill -9 $(pidof dropbear)");
    await expect
      .poll(() => sshTo(lab, on("tiny"), { user: "root", script: "echo back" }).stdout, { timeout: 5000 })
      .toBe("back");
  });
});

test("hosts reach each other by name, whatever they are made of", async () => {
  const script = suites.map((suite) => `ping -c 1 -W 2 on-${suite} > /dev/null && echo on-${suite};`).join(" ");
  await on("trixie").shell("apt-get install -y -q --no-install-recommends iputils-ping");
  const all = suites.map((suite) => `on-${suite}\n`).join("");
  expect((await on("trixie").shell(script)).stdout).toBe(all);
  expect((await on("tiny").shell(script)).stdout).toBe(all);
});

test("every host has identities of its own", async () => {
  const { stdout } = await lab.hosts.reduce(
    async (before, host) => ({
      stdout: (await before).stdout + (await host.shell("cat /etc/machine-id /etc/ssh/*.pub 2>/dev/null; true")).stdout,
    }),
    Promise.resolve({ stdout: "" }),
  );
  const lines = stdout.trim().split("\n");
  expect(new Set(lines).size).toBe(lines.length);
});

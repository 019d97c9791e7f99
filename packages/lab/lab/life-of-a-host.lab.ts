import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Host, Lab } from "../src/index.ts";
import { CommandFailed, createLab } from "../src/index.ts";
import { sshTo } from "./ssh-to.ts";

let lab: Lab;
let web: Host;

beforeAll(async () => {
  lab = await createLab({ onProgress: console.log });
  web = await lab.addHost({ name: "web", publish: [3306] });
});
afterAll(() => lab?.down());

test("commands answer with status and output, and throw unless told not to", async () => {
  expect(await web.run(["cat"], { stdin: "in\0out" })).toEqual({ code: 0, stdout: "in\0out", stderr: "" });
  expect((await web.run(["id", "-un"], { user: "deploy" })).stdout).toBe("deploy\n");
  expect(await web.shell("echo bad >&2; exit 3", { check: false })).toEqual({ code: 3, stdout: "", stderr: "bad\n" });
  await expect(web.shell("echo bad >&2; exit 3")).rejects.toThrow(CommandFailed);
});

test("files are written and read back", async () => {
  await web.writeFile("/srv/with space", "two\nlines without an end");
  expect(await web.readFile("/srv/with space")).toBe("two\nlines without an end");
});

test("the machine can act inside the host with privileges that the host lacks", async () => {
  await web.run(["mkdir", "-p", "/mnt/small"]);
  await web.enter(["mount", "-t", "tmpfs", "-o", "size=64k", "none", "/mnt/small"], ["mount"]);
  expect((await web.run(["stat", "-fc", "%T", "/mnt/small"])).stdout).toBe("tmpfs\n");
});

test("a published port reaches the host", async () => {
  await web.shell(
    "apt-get install -y -q --no-install-recommends socat && systemd-run --quiet socat TCP-LISTEN:3306,fork EXEC:/bin/hostname",
  );
  const answer = () =>
    new Promise<string>((resolve) => {
      const socket = connect(3306, web.address);
      socket
        .once("close", () => resolve("closed"))
        .once("data", (data) => resolve(data.toString()))
        .once("error", (error) => resolve(error.message));
    });
  await expect.poll(answer, { timeout: 5000 }).toBe("web\n");
});

test("a paused host does nothing, and goes on when resumed", async () => {
  await web.shell("systemd-run --quiet --unit=ticks sh -c 'while sleep 0.05; do echo . >> /tmp/ticks; done'");
  await expect.poll(() => web.readFile("/tmp/ticks")).not.toBe("");
  const pid = await web.pid();
  const ticks = async () => (await web.enter(["cat", `/proc/${pid}/root/tmp/ticks`], ["net"])).stdout.length;
  await web.pause();
  const before = await ticks();
  await pause(300);
  expect(await ticks()).toBe(before);
  await web.resume();
  await expect.poll(ticks).toBeGreaterThan(before);
});

test.each([{ hard: false }, { hard: true }])(
  "a stopped host boots again with its disk and its keys ($hard)",
  async ({ hard }) => {
    await web.writeFile("/srv/kept", "kept");
    const before = await web.run(["cat", "/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key.pub", "/etc/hosts"]);
    await web.stop({ hard });
    expect(sshTo(lab, web, { user: "root", script: "true" }).status).toBe(255);
    await expect(web.pid()).rejects.toThrow("web is not running");
    await web.start();
    expect(sshTo(lab, web, { user: "deploy", script: "cat /srv/kept" }).stdout).toBe("kept");
    expect(await web.run(["cat", "/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key.pub", "/etc/hosts"])).toEqual(
      before,
    );
    expect((await web.run(["systemctl", "is-system-running", "--wait"], { check: false })).stdout).toBe("running\n");
  },
);

test("an orderly stop lets services finish, a hard one does not", async () => {
  const unit = "[Service]\nExecStart=/bin/sleep infinity\nExecStop=/bin/touch /srv/stopped\n";
  for (const hard of [true, false]) {
    await web.writeFile("/etc/systemd/system/mark.service", unit);
    await web.shell("rm -f /srv/stopped; systemctl daemon-reload; systemctl start mark");
    await web.restart({ hard });
    expect((await web.shell("ls /srv")).stdout.includes("stopped")).toBe(!hard);
  }
});

test("a snapshot boots as a new host with the old one's disk, and goes with the lab", async () => {
  await web.writeFile("/srv/made", "here");
  const image = await web.snapshot("with-files");
  const [copy, other] = await lab.addHosts([
    { name: "copy", image },
    { name: "other", image, sudo: "password" },
  ]);
  expect(sshTo(lab, copy as Host, { user: "deploy", script: "cat /srv/made /etc/hostname; hostname" }).stdout).toBe(
    "herecopy\ncopy",
  );
  const keys = await Promise.all([web, copy, other].map((host) => host?.readFile("/etc/ssh/ssh_host_ed25519_key.pub")));
  expect(new Set(keys).size).toBe(3);
  expect((await web.shell("getent hosts copy other | awk '{print $2}'")).stdout).toBe("copy\nother\n");
});

test("a snapshot taken again under its name replaces the first", async () => {
  await web.snapshot("twice");
  await web.writeFile("/srv/second", "yes");
  const host = await lab.addHost({ name: "second", image: await web.snapshot("twice") });
  expect(await host.readFile("/srv/second")).toBe("yes");
});

test("sudo asks for the lab's password where that was wanted", async () => {
  const host = await lab.addHost({ name: "careful", sudo: "password" });
  expect(sshTo(lab, host, { user: "deploy", script: "sudo -n true" })).toMatchObject({ status: 1 });
  const asked = sshTo(lab, host, { user: "deploy", script: "sudo -S id -u", input: `${lab.deployPassword}\n` });
  expect(asked).toMatchObject({ status: 0, stdout: "0" });
});

test("names that cannot be are refused before anything is made", async () => {
  await expect(lab.addHost({ name: "Web_1" })).rejects.toThrow('"Web_1" cannot name a host');
  await expect(lab.addHost({ name: "web" })).rejects.toThrow("already has a host named web");
  await expect(lab.addHost({ name: "new", image: "never-taken" })).rejects.toThrow("no snapshot named never-taken");
  await expect(createLab({ name: lab.name })).rejects.toThrow(`a lab named ${lab.name} is already there`);
});

test("hosts added at the same time by several calls all know each other", async () => {
  await Promise.all(["p", "q"].map((name) => lab.addHost({ name, suite: "tiny" })));
  const known = await Promise.all(["p", "q", "web"].map((name) => lab.host(name).readFile("/etc/hosts")));
  for (const text of known) expect(text).toMatch(/ p # .*\n.* q #/);
});

test("a stopped host is told of new ones when it boots again", async () => {
  await lab.host("p").stop();
  await lab.addHost({ name: "late", suite: "tiny" });
  await lab.host("p").start();
  expect(await lab.host("p").readFile("/etc/hosts")).toContain(" late #");
});

test("where the machine itself listens on every address, the host is reached at its inner one", async () => {
  const server = createServer().listen(0, "0.0.0.0");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = await lab.addHost({ name: "beside", suite: "tiny", publish: [port] });
  server.close();
  expect(host.address).toBe(host.innerAddress);
  expect(sshTo(lab, host, { user: "root", script: "hostname" }).stdout).toBe("beside");
});

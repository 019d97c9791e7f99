import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  exhaustInodes,
  fillDisk,
  killSshd,
  pauseHost,
  readOnly,
  restartSshd,
  skewClock,
  stopHost,
} from "../src/faults/faults.ts";
import type { Host, Lab } from "../src/index.ts";
import { createLab } from "../src/index.ts";
import { sshTo } from "./ssh-to.ts";

let lab: Lab;
const hosts: Record<string, Host> = {};
const sessions: ChildProcess[] = [];

beforeAll(async () => {
  lab = await createLab();
  const wanted = [{ name: "debian" }, { name: "tiny", suite: "tiny" as const }];
  for (const host of await lab.addHosts(wanted)) hosts[host.name] = host;
});

afterAll(async () => {
  for (const session of sessions) session.kill("SIGKILL");
  await lab?.down();
});

describe.each(["debian", "tiny"])("on a %s host", (name) => {
  test("a full disk: nothing fits beyond what was left; undone, there is room, and what changed meanwhile is kept", async () => {
    await prepareFolder(name);
    const inode = await shell(name, "stat -c %i /srv/data/untouched");
    const full = await fillDisk(host(name), "/srv/data", { size: "1m", leave: 8192 });
    expect(await listing(name)).toContain("./with space\n");
    expect(await shell(name, "head -c 8192 /dev/zero > /srv/data/fits && echo fits")).toBe("fits\n");
    expect(await failure(name, "head -c 1 /dev/zero > /srv/data/one")).toMatch(/No space left on device|write error/);
    expect(await shell(name, "df -k /srv/data | tail -1 | tr -s ' ' | cut -d ' ' -f 2,4")).toBe("1024 0\n");
    await changeFolder(name);
    await full.undo();
    await expectChangedFolder(name);
    expect(await shell(name, "stat -c %i /srv/data/untouched")).toBe(inode);
    expect(await shell(name, "head -c 4000000 /dev/zero > /srv/data/big && echo fits")).toBe("fits\n");
  });

  test("no inode left: files can be written, but none made", async () => {
    await prepareFolder(name);
    const full = await exhaustInodes(host(name), "/srv/data", { leave: 2 });
    expect(await shell(name, "cd /srv/data && touch one two && head -c 100000 /dev/zero >> one && echo made")).toBe(
      "made\n",
    );
    expect(await failure(name, "touch /srv/data/three")).toContain("No space left on device");
    expect(await failure(name, "mkdir /srv/data/four")).toContain("No space left on device");
    await shell(name, "rm /srv/data/one /srv/data/two");
    await changeFolder(name);
    await full.undo();
    await expectChangedFolder(name);
    expect(await shell(name, "cd /srv/data && touch three && echo made")).toBe("made\n");
  });

  test("a read-only folder refuses even root, who may not change that", async () => {
    await prepareFolder(name);
    {
      await using _ = await readOnly(host(name), "/srv/data");
      expect(await failure(name, "touch /srv/data/new")).toContain("Read-only file system");
      expect(await failure(name, "echo x >> /srv/data/untouched")).toMatch(/Read-only file system/i);
      expect(await failure(name, "mount -o remount,rw /srv/data")).not.toBe("");
      expect(await shell(name, "cat /srv/data/untouched; touch /srv/beside")).toBe("as it was\n");
    }
    expect(await shell(name, "touch /srv/data/new && echo made")).toBe("made\n");
    expect(await shell(name, "grep -c /srv/data /proc/self/mounts || true")).toBe("0\n");
  });

  test("what cannot be done is refused in words, and leaves nothing behind", async () => {
    await prepareFolder(name);
    await shell(name, "head -c 300000 /dev/zero > /srv/data/large");
    await expect(fillDisk(host(name), "/srv/data", { size: "64k" })).rejects.toThrow(
      /does not fit: \d+ KiB in \d+ entries/,
    );
    await expect(fillDisk(host(name), "/srv/nowhere")).rejects.toThrow("there is no folder /srv/nowhere");
    await expect(exhaustInodes(host(name), "srv")).rejects.toThrow("srv is not an absolute path");
    await expect(readOnly(host(name), "/")).rejects.toThrow("name a folder in it");
    await expectNothingLeft(name);
  });

  test("sshd killed: new connections are refused, open sessions live on, and it comes back", async () => {
    const session = openSession(name);
    expect(await say(session, "one")).toBe("one\n");
    const down = await killSshd(host(name));
    await expect.poll(() => knock(name)).not.toMatch(/^SSH-2.0/);
    await new Promise((passed) => setTimeout(passed, 1500));
    expect(await knock(name)).not.toMatch(/^SSH-2.0/);
    expect(await say(session, "two")).toBe("two\n");
    await down.undo();
    expect(ssh(name, "echo back")).toMatchObject({ status: 0, stdout: "back" });
    expect(await say(session, "three")).toBe("three\n");
  });

  test("sshd restarted with its sessions: those are cut, and new ones are served", async () => {
    const session = openSession(name);
    expect(await say(session, "one")).toBe("one\n");
    const ended = once(session, "exit");
    await restartSshd(host(name), { sessions: true });
    expect((await ended)[0]).toBe(255);
    expect(ssh(name, "echo back")).toMatchObject({ status: 0, stdout: "back" });
  });

  test("paused: the port takes connections, and nobody answers until it goes on", async () => {
    const pause = await pauseHost(host(name));
    expect(await knock(name)).toBe("silence");
    await pause.undo();
    expect(await knock(name)).toMatch(/^SSH-2.0/);
  });

  test("stopped as by a power cut, and booted: what ran is gone, the disk is there", async () => {
    await shell(name, "echo kept > /srv/kept; sync; (sleep 999 >/dev/null 2>&1 &)");
    const down = await stopHost(host(name));
    expect(await knock(name)).not.toMatch(/^SSH-2.0/);
    await down.undo();
    expect(ssh(name, "cat /srv/kept")).toMatchObject({ status: 0, stdout: "kept" });
    expect(await shell(name, "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'sleep 9[9]9' || true")).toBe("0\n");
  });
});

test("a clock cannot be skewed where there is no Debian", async () => {
  await expect(skewClock(host("tiny"), 60)).rejects.toThrow("a skewed clock needs Debian with systemd");
});

function host(name: string): Host {
  const found = hosts[name];
  if (found === undefined) throw new Error(`no host ${name}`);
  return found;
}

async function shell(name: string, script: string): Promise<string> {
  return (await host(name).shell(script)).stdout;
}

async function failure(name: string, script: string): Promise<string> {
  const { code, stderr } = await host(name).shell(script, { check: false });
  expect(code, script).not.toBe(0);
  return stderr;
}

function ssh(name: string, script: string, user = "root") {
  return sshTo(lab, host(name), { user, script });
}

async function prepareFolder(name: string): Promise<void> {
  await shell(
    name,
    `mkdir -p /srv; rm -rf /srv/data; mkdir -m 0750 /srv/data; chown 1000:1000 /srv/data; cd /srv/data
    mkdir sub; echo old > changed; echo gone > sub/removed; echo x > 'with space'; ln -s changed link
    echo 'as it was' > untouched; chmod 0604 untouched; touch -d '2020-01-02 03:04:05' untouched`,
  );
}

/** What a program may do in a folder while it has no room. */
async function changeFolder(name: string): Promise<void> {
  await shell(
    name,
    "cd /srv/data; rm -f fits one sub/removed; echo new > changed; chmod 0600 'with space'; ln -sfn sub link",
  );
}

async function expectChangedFolder(name: string): Promise<void> {
  expect(await listing(name)).toBe(".\n./changed\n./link\n./sub\n./untouched\n./with space\n");
  const look =
    "cd /srv/data; cat changed untouched; readlink link; stat -c '%a %u' . 'with space' untouched; stat -c %Y untouched";
  const touched = Date.parse("2020-01-02T03:04:05Z") / 1000;
  expect(await shell(name, look)).toBe(`new\nas it was\nsub\n750 1000\n600 0\n604 0\n${touched}\n`);
  await expectNothingLeft(name);
}

async function expectNothingLeft(name: string): Promise<void> {
  expect(await shell(name, "grep evenkeel-fault /proc/self/mounts; ls -d /run/evenkeel-fault* 2>/dev/null; true")).toBe(
    "",
  );
}

function listing(name: string): Promise<string> {
  return shell(name, "cd /srv/data && find . ! -name '.evenkeel*' ! -path './.evenkeel*' | sort");
}

function openSession(name: string): ChildProcess {
  const argv = [...lab.sshArguments(), "-o", "BatchMode=yes", `root@${host(name).address}`, "cat"];
  const session = spawn("ssh", argv, { stdio: ["pipe", "pipe", "inherit"] });
  sessions.push(session);
  return session;
}

async function say(session: ChildProcess, word: string): Promise<string> {
  session.stdin?.write(`${word}\n`);
  if (session.stdout === null) throw new Error("a session without output");
  const [answer] = await once(session.stdout, "data");
  return String(answer);
}

/** What port 22 says within a second. */
function knock(name: string): Promise<string> {
  const socket = connect(22, host(name).address);
  return new Promise<string>((said) => {
    setTimeout(() => said("silence"), 1000);
    socket.once("data", (banner) => said(String(banner)));
    socket.once("error", (error: NodeJS.ErrnoException) => said(error.code ?? error.message));
    socket.once("end", () => said("closed"));
  }).finally(() => socket.destroy());
}

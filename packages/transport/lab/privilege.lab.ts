import { Secret } from "@evenkeel/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Privilege } from "../src/index.ts";
import type { Wired } from "./faults/proxied.ts";
import { wired } from "./faults/proxied.ts";
import { soon } from "./soon.ts";
import { Stage } from "./stage.ts";

/** Every way to become root that a host may offer or refuse; passwords are tried once. */
const rootPassword = "root's \"pass\\word$é";

async function setStage(): Promise<Stage> {
  const stage = await Stage.set({ name: "careful", sudo: "password" });
  const host = stage.host("careful");
  await host.shell(
    "apt-get install -y -q --no-install-recommends opendoas sudo-rs >/dev/null 2>&1 || (apt-get update -q && apt-get install -y -q --no-install-recommends opendoas sudo-rs) >/dev/null",
  );
  await host.shell("cat | chpasswd", { stdin: `root:${rootPassword}\n` });
  await host.shell(
    "useradd -m plain && mkdir /home/plain/.ssh && cp /root/.ssh/authorized_keys /home/plain/.ssh/ && chown -R plain /home/plain/.ssh",
  );
  return stage;
}

// Side by side, each with a host of its own: most of the time goes by while PAM thinks about wrong passwords.
const behaves = (transport: Wired) => () => {
  let stage: Stage;
  const host = () => stage.host("careful");
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(async () => {
    await stage.closeAll();
    await host().shell(
      "rm -f /etc/sudoers.d/test /etc/sudoers-rs /etc/doas.conf; [ ! -L /usr/bin/sudo ] || { rm /usr/bin/sudo; mv /usr/bin/sudo.real /usr/bin/sudo; }",
    );
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  const become = async (privilege: Partial<Privilege>, login = "deploy") => {
    const connection = stage
      .connect(host(), { transport, user: login })
      .as({ user: "root", method: "sudo", ...privilege });
    const [answer] = await connection.exchange([{ script: "id -un; echo $HOME" }]);
    const outcome = await connection.job({ id: crypto.randomUUID(), argv: ["cat"], stdin: "by stdin" });
    return `${answer?.stdout}${outcome.stdout}`;
  };
  const right = () => new Secret(stage.lab.deployPassword);
  const wrong = new Secret("wrong");
  const isRoot = "root\n/root\nby stdin";
  /** Lines about refused passwords since now. */
  const failures = async (script: () => Promise<unknown>) => {
    const { stdout: cursor } = await host().shell("journalctl -n 0 --show-cursor | sed -n 's/^-- cursor: //p'");
    await script();
    const { stdout } = await host().shell(
      `journalctl --sync; journalctl --after-cursor '${cursor.trim()}' -o cat | grep -c 'authentication failure' || true`,
    );
    return Number(stdout);
  };

  test("sudo takes the password", async () => {
    expect(await become({ password: right() })).toBe(isRoot);
  });

  test("a password that nobody asks for does no harm", async () => {
    await host().shell("echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/test");
    expect(await become({ password: right() })).toBe(isRoot);
    expect(await become({})).toBe(isRoot);
  });

  test("a wrong password is tried once", async () => {
    const times = await failures(() =>
      expect(become({ password: wrong })).rejects.toMatchObject({
        name: "ConnectError",
        code: "privilege/wrong-password",
        message: expect.stringContaining("tried once"),
      }),
    );
    expect(times).toBe(1);
  });

  test("no password where one is wanted", async () => {
    const times = await failures(() =>
      expect(become({})).rejects.toMatchObject({ code: "privilege/refused", hint: expect.stringContaining("-K") }),
    );
    expect(times).toBe(0);
  });

  test("su takes root's password, and a wrong one once", async () => {
    expect(await become({ method: "su", password: new Secret(rootPassword) }, "plain")).toBe(isRoot);
    const times = await failures(() =>
      expect(become({ method: "su", password: wrong }, "plain")).rejects.toMatchObject({
        code: "privilege/wrong-password",
      }),
    );
    expect(times).toBe(1);
  });

  test("who is in no sudoers is told so", async () => {
    await host().shell("echo plain:plain | chpasswd");
    await expect(become({ password: new Secret("plain") }, "plain")).rejects.toMatchObject({
      code: expect.stringMatching(/^privilege\/(refused|wrong-password)$/),
      hint: expect.stringContaining("sudoers"),
    });
    await expect(become({}, "plain")).rejects.toMatchObject({ code: "privilege/refused" });
  });

  test.each([
    ["use_pty", "Defaults use_pty"],
    ["a lecture and a strange prompt", 'Defaults lecture=always,passprompt="Kennwort bitte: ",passprompt_override'],
    ["insults and three tries", "Defaults passwd_tries=3,insults"],
    ["a password for each command", "Defaults timestamp_timeout=0"],
  ])("%s", async (_name, line) => {
    await host().shell("cat >/etc/sudoers.d/test", { stdin: `${line}\n` });
    expect(await become({ password: right() })).toBe(isRoot);
    const times = await failures(() =>
      expect(become({ password: wrong })).rejects.toMatchObject({
        code: expect.stringMatching(/^privilege\/(wrong-password|refused)$/),
      }),
    );
    expect(times).toBe(1);
  });

  test("requiretty is named", async () => {
    await host().shell("echo 'Defaults requiretty' >/etc/sudoers.d/test");
    await expect(become({ password: right() })).rejects.toMatchObject({
      code: "privilege/refused",
      hint: expect.stringContaining("requiretty"),
    });
  });

  test("doas, where it asks nothing, and where it would", async () => {
    await host().shell("echo 'permit nopass deploy' >/etc/doas.conf");
    expect(await become({ method: "doas" })).toContain("root\n");
    await host().shell("echo 'permit deploy' >/etc/doas.conf");
    await expect(become({ method: "doas", password: right() })).rejects.toMatchObject({
      code: "privilege/refused",
      hint: expect.stringMatching(/nopass|password|NOPASSWD/),
    });
  });

  test("sudo-rs: the same", async () => {
    await host().shell(
      "echo 'Defaults use_pty' >/etc/sudoers.d/test; mv /usr/bin/sudo /usr/bin/sudo.real; ln -s $(command -v sudo-rs) /usr/bin/sudo",
    );
    expect(await become({ password: right() })).toBe(isRoot);
    const times = await failures(() =>
      expect(become({ password: wrong })).rejects.toMatchObject({
        code: expect.stringMatching(/^privilege\/(wrong-password|refused)$/),
      }),
    );
    expect(times).toBe(1);
    await host().shell("echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/test");
    expect(await become({})).toBe(isRoot);
  });

  test("the password is on no command line, in no environment and in no file", async () => {
    const canary = `canary-${crypto.randomUUID()}`;
    await host().shell("cat | chpasswd", { stdin: `plain:${canary}\n` });
    await host().shell("echo 'plain ALL=(ALL) ALL' >/etc/sudoers.d/test");
    const watching = host().shell(
      "touch /tmp/watching; while [ -e /tmp/watching ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ; sleep 0.02; done 2>/dev/null | tr '\\0' '\\n'",
    );
    await soon(async () => (await host().shell("ls /tmp/watching || true")).stdout, "/tmp/watching\n");
    expect(await become({ password: new Secret(canary) }, "plain")).toBe(isRoot);
    await host().shell("rm /tmp/watching");
    const { stdout } = await watching;
    expect(stdout).toContain("sudo");
    expect(stdout).not.toContain(canary);
    expect((await host().shell(`grep -rls ${canary} /tmp /var /run /root /home || true`)).stdout).toBe("");
  });
};

for (const transport of wired) {
  describe.concurrent(transport, () => {
    describe("to root", { concurrent: false }, behaves(transport));
  });
}

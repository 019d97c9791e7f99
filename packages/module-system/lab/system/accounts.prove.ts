import { execFileSync } from "node:child_process";
import { Secret } from "@evenkeel/core";
import type { Host } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authorizedKey } from "../../src/accounts/authorized-key.ts";
import { group } from "../../src/accounts/group.ts";
import { user } from "../../src/accounts/user.ts";
import { HostUnderTest } from "./host-under-test.ts";

const hash = execFileSync("openssl", ["passwd", "-6", "-salt", "evenkeel", "hunter2"], { encoding: "utf8" }).trim();

/** The same on a host with the usual tools, and on one that has none of them. */
describe.each<Host["suite"]>(["trixie", "tiny"])("accounts on %s", (suite) => {
  let on: HostUnderTest;
  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
  });
  afterAll(() => on[Symbol.asyncDispose]());

  const line = (database: string, name: string) =>
    on.shell(`grep '^${name}:' /etc/${database} || :`).then((text) => text.trim());
  const files = () => on.shell("cat /etc/passwd /etc/group; cut -d: -f1,2,4- /etc/shadow; ls -ln /home");

  test("a group, and back", async () => {
    const before = await files();
    const done = await on.apply(group, { name: "shop", gid: 4242 });
    expect(await line("group", "shop")).toBe("shop:x:4242:");
    expect(done.result).toMatchObject({ gid: 4242, state: "present", system: false });
    await on.apply(group, { name: "shop", gid: 4243 });
    await on.undo(done);
    expect(await files()).toBe(before);
    await on.apply(group, { name: "shop", system: true });
    expect(Number((await line("group", "shop")).split(":")[2])).toBeLessThan(1000);
  });

  test("a user, with everything", async () => {
    const before = await files();
    await on.apply(group, { name: "staff2" });
    const done = await on.apply(user, {
      ...{ name: "shop", group: "shop", groups: ["staff2"], uid: 2345, comment: "The Shop, Ltd", shell: "/bin/sh" },
      ...{ password: new Secret(hash), expires: 4_000_000_000, password_expire_max: 90, password_expire_min: 1 },
    });
    expect(await line("passwd", "shop")).toMatch(/^shop:x:2345:\d+:The Shop, Ltd:\/home\/shop:\/bin\/sh$/);
    expect(await line("shadow", "shop")).toMatch(/:1:90:7?:?.*46296:$/);
    expect((await line("shadow", "shop")).split(":")[1]).toBe(hash);
    expect(await line("group", "staff2")).toMatch(/:shop$/);
    expect(await on.shell("stat -c '%u %F' /home/shop")).toBe("2345 directory\n");
    expect(done.result).toMatchObject({ uid: 2345, home: "/home/shop", create_home: true });
    await on.undo(done);
    await on.apply(group, { name: "staff2", state: "absent" });
    expect(await files()).toBe(before);
  });

  test("what is there is changed, and brought back", async () => {
    await on.apply(user, { name: "shop", group: "shop", password: hash });
    await on.apply(group, { name: "extra" });
    const before = await files();
    const done = await on.apply(user, {
      name: "shop",
      groups: ["extra"],
      append: true,
      shell: "/bin/false",
      home: "/home/new",
      move_home: true,
      password_lock: true,
    });
    expect(await line("passwd", "shop")).toMatch(/:\/home\/new:\/bin\/false$/);
    expect((await line("shadow", "shop")).split(":")[1]).toBe(`!${hash}`);
    expect(await on.shell("ls -d /home/new /home/shop 2>/dev/null || :")).toBe("/home/new\n");
    await on.undo(done);
    expect(await files()).toBe(before);
  });

  test("a missing home is made, from the skeleton", async () => {
    await on.shell("rm -rf /home/shop; mkdir -p /srv/skel; echo hi >/srv/skel/.profile");
    await on.apply(user, { name: "shop", skeleton: "/srv/skel" });
    expect(await on.shell("cat /home/shop/.profile; stat -c %U /home/shop/.profile")).toBe("hi\nshop\n");
  });

  test("keys to log in with", async () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBTEST me@here";
    const done = await on.apply(authorizedKey, { user: "shop", key, key_options: 'from="10.0.0.0/8",no-pty' });
    expect(
      await on.shell(
        "cat /home/shop/.ssh/authorized_keys; stat -c '%U %a' /home/shop/.ssh /home/shop/.ssh/authorized_keys",
      ),
    ).toBe(`from="10.0.0.0/8",no-pty ${key}\nshop 700\nshop 600\n`);
    expect(done.result).toMatchObject({ keyfile: "/home/shop/.ssh/authorized_keys" });
    await on.apply(authorizedKey, { user: "shop", key, path: "/etc/keys/shop", manage_dir: true });
    expect(await on.shell("cat /etc/keys/shop")).toBe(`${key}\n`);
    await on.apply(authorizedKey, { user: "shop", key, state: "absent" });
    expect(await on.shell("cat /home/shop/.ssh/authorized_keys")).toBe("");
    await on.undo(done);
    expect(await on.shell("ls /home/shop/.ssh")).toBe("");
  });

  test("links that a user laid lead nowhere but to its own", async () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBEVIL me@here";
    await on.shell(
      "mkdir -p /root/target && echo secret >/root/target/authorized_keys && chmod 755 /root/target; cd /home/shop; rm -rf .ssh; ln -s /root/target .ssh; chown -h shop .ssh",
    );
    await expect(on.apply(authorizedKey, { user: "shop", key })).rejects.toThrow();
    expect(await on.shell("cat /root/target/authorized_keys; stat -c %U /root/target")).toBe("secret\nroot\n");
    await on.shell(
      "cd /home/shop; rm .ssh; mkdir .ssh; ln -s /root/target/authorized_keys .ssh/authorized_keys; chown -R -h shop .ssh",
    );
    await on.apply(authorizedKey, { user: "shop", key });
    expect(await on.shell("cat /root/target/authorized_keys; stat -c '%U %F' /home/shop/.ssh/authorized_keys")).toBe(
      "secret\nshop regular file\n",
    );
  });

  test("a user that goes, with its home", async () => {
    await on.apply(user, { name: "shop", state: "absent", remove: true });
    expect(await line("passwd", "shop")).toBe("");
    expect(await on.shell("ls -d /home/shop 2>/dev/null || :")).toBe("");
    expect(await on.plan(user, { name: "shop", state: "absent" })).toEqual([]);
  });

  test("a pair of keys of its own, with a passphrase that nobody sees", async () => {
    const params = {
      name: "keyed",
      generate_ssh_key: true,
      ssh_key_type: "ed25519",
      ssh_key_passphrase: new Secret("open sesame"),
    };
    if (suite === "tiny") {
      await expect(on.apply(user, params)).rejects.toThrow(/ssh-keygen: not found/);
      return;
    }
    await on.shell(
      "(while :; do cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -o 'open[ ]sesame' >>/tmp/seen; done) >/dev/null 2>&1 & echo $! >/tmp/watcher",
    );
    const done = await on.apply(user, params);
    await on.shell("kill $(cat /tmp/watcher)");
    expect(await on.shell("cat /tmp/seen 2>/dev/null || :")).toBe("");
    expect(done.result).toMatchObject({
      ssh_key_file: "/home/keyed/.ssh/id_ed25519",
      ssh_public_key: expect.stringMatching(/^ssh-ed25519 \S+ ansible-generated on host$/),
    });
    expect(
      await on.shell(
        "stat -c '%U %a' /home/keyed/.ssh/id_ed25519; ssh-keygen -y -P 'open sesame' -f /home/keyed/.ssh/id_ed25519 | cut -d' ' -f1; ls -d /tmp/tmp.* 2>/dev/null || :",
      ),
    ).toBe("keyed 600\nssh-ed25519\n");
  });
});

import { hash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { LocalFile } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unarchive } from "../../src/files/unarchive.ts";
import type { ArchiveEntry } from "../../testing/make-archive.ts";
import { makeTar, makeZip } from "../../testing/make-archive.ts";
import { HostUnderTest } from "../system/host-under-test.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-archives-"));
const good: readonly ArchiveEntry[] = [
  { name: "app/", type: "5", mode: 0o755 },
  { name: "app/run me", mode: 0o755, content: "#!/bin/sh\n" },
  { name: "app/conf/a.ini", content: "a = 1\n" },
  { name: "app/conf/ü.ini", content: "ü\n" },
  { name: "app/link", type: "2", link: "conf/a.ini" },
  { name: "app/same", type: "1", link: "app/conf/a.ini" },
];

/** What must never get out of an archive. */
const wicked: readonly { readonly name: string; readonly entries: readonly ArchiveEntry[]; readonly says: RegExp }[] = [
  { name: "an absolute path", entries: [{ name: "/tmp/evil", content: "x" }], says: /absolute/ },
  { name: "a path that leads out", entries: [{ name: "a/../../evil", content: "x" }], says: /leads out/ },
  { name: "a link that leads out", entries: [{ name: "l", type: "2", link: "../../etc" }], says: /link/ },
  { name: "an absolute link", entries: [{ name: "l", type: "2", link: "/etc" }], says: /link/ },
  {
    name: "a file through a link",
    entries: [
      { name: "l", type: "2", link: "/tmp" },
      { name: "l/evil", content: "x" },
    ],
    says: /refused|ended|status|Cannot|cannot|can't/,
  },
  { name: "another name of a file elsewhere", entries: [{ name: "h", type: "1", link: "/etc/shadow" }], says: /./ },
  { name: "a device", entries: [{ name: "d", type: "3", mode: 0o666 }], says: /./ },
  { name: "a setuid program", entries: [{ name: "s", mode: 0o4755, content: "x" }], says: /setuid/ },
];

function ours(name: string, content: Buffer): LocalFile {
  const localFile = join(folder, name);
  writeFileSync(localFile, content);
  return { localFile, sha256: hash("sha256", content), size: content.length };
}

describe.each(["trixie", "tiny"] as const)("archives on %s", (suite) => {
  let on: HostUnderTest;
  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
    await on.shell("mkdir -p /srv/u && touch /srv/u/mine");
  });
  afterAll(async () => {
    await on[Symbol.asyncDispose]();
  });

  const packed = { "app.tar": makeTar(good), "app.tar.gz": gzipSync(makeTar(good)) };
  test.each(Object.entries(packed))("%s is unpacked, once, and mended when it drifts", async (name, content) => {
    const dest = `/srv/u/${name}`;
    await on.shell(`mkdir ${dest}`);
    const params = { src: ours(name, content), dest, list_files: true };
    const done = await on.apply(unarchive, params);
    expect(done.changes).toEqual([`ensure unpacked ${dest}`]);
    expect(done.result.files).toContain("app/conf/a.ini");
    expect(await on.shell(`cd ${dest} && ls -A && stat -c '%a %h %n' app/* && cat app/conf/* app/link`)).toBe(
      "app\n755 2 app/conf\n777 1 app/link\n755 1 app/run me\n644 2 app/same\na = 1\nü\na = 1\n".replace(
        "644 2 app/same",
        "644 2 app/same",
      ),
    );
    expect(await on.plan(unarchive, params)).toEqual([]);
    await on.shell(`cd ${dest}/app && echo b >conf/a.ini && touch extra`);
    expect(await on.plan(unarchive, params)).toEqual([`ensure unpacked ${dest}`]);
    await on.apply(unarchive, params);
    expect(await on.shell(`cd ${dest}/app && cat conf/a.ini && ls -A . .. | grep -c evenkeel; ls extra`)).toBe(
      "a = 1\n0\nextra\n",
    );
  });

  test("mode and owner are everything's, and counted", async () => {
    await on.shell("mkdir /srv/u/owned");
    const params = { src: ours("o.tar", makeTar(good)), dest: "/srv/u/owned", owner: "1", mode: "u=rwX,go=" };
    await on.apply(unarchive, params);
    expect(await on.shell("cd /srv/u/owned/app && stat -c '%a %u %n' . conf/a.ini")).toBe(
      "700 1 .\n600 1 conf/a.ini\n",
    );
    await on.shell("chown 0 /srv/u/owned/app/conf/a.ini");
    expect(await on.plan(unarchive, params)).toHaveLength(1);
  });

  test("only some, on the host, and not where something is", async () => {
    await on.shell("mkdir /srv/u/some");
    await on.host.run(["sh", "-c", "cat >/srv/u/some.tgz"], { stdin: gzipSync(makeTar(good)) });
    const params = { src: "/srv/u/some.tgz", remote_src: true, dest: "/srv/u/some", exclude: ["app/conf"] };
    await on.apply(unarchive, { ...params, exclude: ["app/same", "app/link"] });
    expect(await on.shell("ls /srv/u/some/app; ls /srv/u/some.tgz")).toBe("conf\nrun me\n/srv/u/some.tgz\n");
    expect(await on.plan(unarchive, { ...params, creates: "/srv/u/mine" })).toEqual([]);
    await expect(on.plan(unarchive, { ...params, src: "/no/such" })).rejects.toMatchObject({
      code: "unarchive/no-archive",
    });
    await expect(on.plan(unarchive, { ...params, dest: "/no/such" })).rejects.toMatchObject({
      code: "unarchive/no-folder",
    });
  });

  test.each(wicked)("$name is refused, and nothing of it stays", async ({ name, entries, says }) => {
    const before = await on.shell("find /srv/u /tmp /etc/shadow | sort; rm -rf /srv/w; mkdir -p /srv/w");
    const src = ours(`${name}.tar`, makeTar([{ name: "harmless", content: "x" }, ...entries]));
    const applying = on.apply(unarchive, { src, dest: "/srv/w" });
    // Busybox' tar takes the sting out of some by itself: then what is left lies in the folder, and is harmless.
    const isTamed = suite === "tiny" && (await applying.then(() => true).catch(() => false));
    if (!isTamed) await expect(applying).rejects.toThrow(says);
    expect(await on.shell(isTamed ? "find /srv/w ! -type f ! -type d" : "ls -A /srv/w")).toBe("");
    expect(await on.shell("find /srv/u /tmp /etc/shadow | sort")).toBe(before);
  });

  test("a bomb is refused before it goes off", async () => {
    const zeros = "\0".repeat(1 << 20);
    const bomb = gzipSync(makeTar(Array.from({ length: 1200 }, (_, at) => ({ name: `z${at}`, content: zeros }))), {
      level: 9,
    });
    expect(bomb.length).toBeLessThan(2_000_000);
    await on.shell("mkdir -p /srv/w");
    await expect(on.apply(unarchive, { src: ours("bomb.tgz", bomb), dest: "/srv/w" })).rejects.toThrow(/bomb|free/);
    expect(await on.shell("ls -A /srv/w")).toBe("");
  });

  // A tiny host has no package manager to get these tools with.
  if (suite === "tiny") return;
  test("zip, xz, bzip2 and zstd, and what is missing for them is said", async () => {
    await on.shell("mkdir -p /srv/z");
    const zip = ours("app.zip", makeZip([{ name: "z/a b", content: "zipped" }]));
    await on.shell("apt-get -q -y purge unzip || :");
    await expect(on.apply(unarchive, { src: zip, dest: "/srv/z" })).rejects.toThrow("this host has no unzip");
    await on.shell("apt-get -q update && apt-get -q -y install --no-install-recommends unzip xz-utils bzip2 zstd");
    expect((await on.apply(unarchive, { src: zip, dest: "/srv/z" })).result.handler).toBe("ZipArchive");
    expect(await on.shell("cat '/srv/z/z/a b'")).toBe("zipped");
    expect(await on.plan(unarchive, { src: zip, dest: "/srv/z" })).toEqual([]);
    const evil = ours("evil.zip", makeZip([{ name: "../evil", content: "x" }]));
    await expect(on.apply(unarchive, { src: evil, dest: "/srv/z" })).rejects.toThrow("leads out");
    const link = ours("link.zip", makeZip([{ name: "l", content: "/etc", type: "2", mode: 0o777 }]));
    await expect(on.apply(unarchive, { src: link, dest: "/srv/z" })).rejects.toThrow("link");
    await on.host.run(["sh", "-c", "cat >/srv/z/a.tar"], { stdin: makeTar(good) });
    await on.shell("cd /srv/z && xz -k a.tar && bzip2 -k a.tar && mkdir x b s");
    for (const [dest, src] of [
      ["/srv/z/x", "/srv/z/a.tar.xz"],
      ["/srv/z/b", "/srv/z/a.tar.bz2"],
    ] as const) {
      await on.apply(unarchive, { src, dest, remote_src: true });
      expect(await on.shell(`cat ${dest}/app/same`)).toBe("a = 1\n");
    }
    await on.apply(unarchive, { src: ours("a.tar.zst", zstdCompressSync(makeTar(good))), dest: "/srv/z/s" });
    expect(await on.shell("cat /srv/z/s/app/same")).toBe("a = 1\n");
  });
});

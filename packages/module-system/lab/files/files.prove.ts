import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalFile } from "@evenkeel/core";
import { Secret } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copy } from "../../src/files/copy.ts";
import { fileModule } from "../../src/files/file.ts";
import { HostUnderTest } from "../system/host-under-test.ts";

/** Everything below a folder: names, modes, owners, contents. */
const fingerprint = (folder: string) =>
  `cd ${folder} && find . -exec stat -c '%n %f %u:%g' {} + | sort; find . -type f -exec sha256sum {} + | sort; find . -type l -exec readlink {} ';' | sort`;

function ourFile(content: string | Buffer): LocalFile {
  const localFile = join(mkdtempSync(join(tmpdir(), "evenkeel-ours-")), "page.html");
  writeFileSync(localFile, content);
  return { localFile, sha256: hash("sha256", content), size: content.length };
}

describe.each(["trixie", "bookworm", "tiny"] as const)("files on %s", (suite) => {
  let on: HostUnderTest;
  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
    await on.shell("mkdir -p /srv/t");
  });
  afterAll(async () => {
    await on[Symbol.asyncDispose]();
  });

  test("a content is written, once, and taken back", async () => {
    const params = { dest: "/srv/t/motd", content: "hi\n", mode: "u=rw,g=r,o=", owner: "root" };
    const before = await on.shell(fingerprint("/srv"));
    expect(await on.plan(copy, params)).toEqual(["ensure file /srv/t/motd"]);
    expect(await on.shell(fingerprint("/srv"))).toBe(before);
    const done = await on.apply(copy, params);
    expect(done.result).toMatchObject({
      dest: "/srv/t/motd",
      mode: "0640",
      owner: "root",
      uid: 0,
      size: 3,
      state: "file",
    });
    expect(await on.shell("cat /srv/t/motd; stat -c %a /srv/t/motd")).toBe("hi\n640\n");
    expect(await on.plan(copy, params)).toEqual([]);
    await on.undo(done);
    expect(await on.shell(fingerprint("/srv"))).toBe(before);
  });

  test("a large binary file of ours replaces another, and undo brings that back", async () => {
    await on.shell("head -c 200000 /dev/urandom >/srv/t/large; chmod 600 /srv/t/large");
    const before = await on.shell(fingerprint("/srv/t"));
    const done = await on.apply(copy, { dest: "/srv/t/large", src: ourFile(Buffer.alloc(3_000_000, 1)), mode: "0644" });
    expect(await on.shell("wc -c </srv/t/large")).toMatch(/^\s*3000000\n$/);
    await on.undo(done);
    expect(await on.shell(fingerprint("/srv/t"))).toBe(before);
    expect(await on.shell("ls -A /var/lib/evenkeel/undo")).toBe("");
  });

  test("names of all sorts are names", async () => {
    for (const name of ["a b", "it's", "$(reboot)", "-rf", "ü", "back\\slash", "line\nfeed", "*"]) {
      const params = { dest: `/srv/t/names/${name}`, content: `${name}\n`, mode: "0600" };
      await on.apply(fileModule, { path: "/srv/t/names", state: "directory" });
      await on.apply(copy, params);
      expect(await on.plan(copy, params)).toEqual([]);
      expect((await on.host.run(["cat", params.dest])).stdout).toBe(`${name}\n`);
      const done = await on.apply(fileModule, { path: params.dest, state: "absent" });
      await on.undo(done);
      expect(await on.plan(copy, params)).toEqual([]);
    }
  });

  test("a folder of ours is copied, and what differs is mended", async () => {
    const site = join(mkdtempSync(join(tmpdir(), "evenkeel-site-")), "site");
    mkdirSync(join(site, "deep/er"), { recursive: true });
    writeFileSync(join(site, "index.html"), "<h1>");
    writeFileSync(join(site, "deep/er/a b"), "x", { mode: 0o755 });
    symlinkSync("index.html", join(site, "link"));
    const params = { src: site, dest: "/srv/t/www", local_follow: false, mode: "0640", directory_mode: "0750" };
    const before = await on.shell(fingerprint("/srv/t"));
    const done = await on.apply(copy, params);
    expect(done.changes).toEqual(["ensure file /srv/t/www", "ensure tree /srv/t/www/site"]);
    expect(await on.plan(copy, params)).toEqual([]);
    const whole = await on.shell(fingerprint("/srv/t/www"));
    expect(await on.shell("cd /srv/t/www/site; stat -c '%a %n' deep deep/er 'deep/er/a b'; readlink link")).toBe(
      "750 deep\n750 deep/er\n640 deep/er/a b\nindex.html\n",
    );
    await on.shell(
      "cd /srv/t/www/site; echo drift >index.html; rm -r deep; ln -sf /etc/passwd link; chmod 600 index.html",
    );
    const drifted = await on.shell(fingerprint("/srv/t/www"));
    const mended = await on.apply(copy, params);
    expect(await on.shell(fingerprint("/srv/t/www"))).toBe(whole);
    await on.undo(mended);
    expect(await on.shell(fingerprint("/srv/t/www"))).toBe(drifted);
    await on.undo(done);
    expect(await on.shell(fingerprint("/srv/t"))).toBe(before);
  });

  test("a folder that is there gets much at once, and a folder of the host's is copied", async () => {
    const site = mkdtempSync(join(tmpdir(), "evenkeel-many-"));
    for (let at = 0; at < 60; at++) writeFileSync(join(site, `page ${at}`), `${at}\n`);
    await on.shell("mkdir -p /srv/t/many && echo old >'/srv/t/many/page 1' && echo mine >/srv/t/many/mine");
    const before = await on.shell(fingerprint("/srv/t"));
    const done = await on.apply(copy, { src: `${site}/`, dest: "/srv/t/many" });
    expect(done.made[0]?.steps.map((step) => step.do)).toEqual(["run", "tree"]);
    expect(await on.shell("cd /srv/t/many && ls | wc -l && cat mine 'page 1' 'page 59'")).toMatch(
      /^\s*61\nmine\n1\n59\n$/,
    );
    const params = { src: "/srv/t/many", dest: "/srv/t/twin", remote_src: true };
    await on.shell("chmod 711 '/srv/t/many/page 2'");
    const copied = await on.apply(copy, params);
    expect(await on.shell("cd /srv/t/twin/many && ls | wc -l && stat -c %a 'page 2'")).toMatch(/^\s*61\n711\n$/);
    await on.undo(copied);
    await on.undo(done);
    expect(await on.shell(fingerprint("/srv/t"))).toBe(before);
  });

  test("links, folders, attributes, and back", async () => {
    const before = await on.shell(fingerprint("/srv/t"));
    const steps = [
      { path: "/srv/t/a/b/c", state: "directory", mode: "2750", group: "1" },
      { path: "/srv/t/a/f", state: "touch", mode: "u+s" },
      { path: "/srv/t/a/l", state: "link", src: "b/c" },
      { path: "/srv/t/a/g", state: "hard", src: "/srv/t/a/f" },
      { path: "/srv/t/a/l", state: "link", src: "../a/f" },
      { path: "/srv/t/a/l", mode: "0604" },
      { path: "/srv/t/a", state: "directory", recurse: true, owner: "1", mode: "g-s,u=rwX,o=" },
      { path: "/srv/t/a/b/c", state: "directory", mode: "0700" },
      { path: "/srv/t/a/l", state: "absent" },
      { path: "/srv/t/a/b", state: "absent" },
    ];
    const marks: { readonly done: Awaited<ReturnType<typeof on.apply>>; readonly before: string }[] = [];
    for (const params of steps) {
      const earlier = await on.shell(fingerprint("/srv/t"));
      const done = await on.apply(fileModule, params);
      expect(done.changes.length, JSON.stringify(params)).toBeGreaterThan(0);
      marks.push({ done, before: earlier });
    }
    expect(await on.shell("cd /srv/t/a && stat -c '%n %a %u' . f g && ls")).toBe(". 750 1\nf 600 1\ng 600 1\nf\ng\n");
    for (const mark of marks.toReversed()) {
      await on.undo(mark.done);
      expect(await on.shell(fingerprint("/srv/t")), mark.done.changes.join()).toBe(mark.before);
    }
    expect(await on.shell(fingerprint("/srv/t"))).toBe(before);
  });

  test("times are set, and are as asked", async () => {
    const params = {
      path: "/srv/t/old",
      state: "touch",
      modification_time: "200001020304.05",
      access_time: "preserve",
    };
    await on.apply(fileModule, params);
    expect(await on.shell("date -u -r /srv/t/old +%Y%m%d%H%M.%S; TZ= date -d @$(stat -c %Y /srv/t/old) +%s")).toMatch(
      /^200001020304.05\n/,
    );
    expect(await on.plan(fileModule, params)).toEqual([]);
  });

  test("a copy on the host, with a check, a backup and a secret beside it", async () => {
    await on.shell("printf 'one\\n' >/srv/t/from; printf 'two\\n' >/srv/t/to; chmod 604 /srv/t/to");
    const params = {
      src: "/srv/t/from",
      dest: "/srv/t/to",
      remote_src: true,
      backup: true,
      validate: "grep -qx one %s",
    };
    const done = await on.apply(copy, params);
    expect(await on.shell(`cat /srv/t/to ${String(done.result.backup_file)}; stat -c %a /srv/t/to`)).toBe(
      "one\ntwo\n604\n",
    );
    await expect(on.apply(copy, { ...params, src: "/etc/passwd" })).rejects.toThrow();
    expect(await on.shell("cat /srv/t/to; ls -A /srv/t | grep evenkeel || :")).toBe("one\n");
    await on.apply(copy, { dest: "/srv/t/key", content: new Secret("s3cret\n"), mode: "0600" });
    expect(await on.shell("cat /srv/t/key; stat -c %a /srv/t/key")).toBe("s3cret\n600\n");
  });

  test("a home is found", async () => {
    await on
      .apply(copy, { dest: "~/.evk/rc", content: "x", mode: "0600" })
      .catch((error) => expect(error).toMatchObject({ code: "file/no-folder" }));
    await on.apply(fileModule, { path: "~/.evk", state: "directory", mode: "0700" });
    const done = await on.apply(copy, { dest: "~/.evk/rc", content: "x" });
    expect(await on.shell("cat ~root/.evk/rc")).toBe("x");
    await on.undo(done);
    expect(await on.shell("ls -A ~root/.evk")).toBe("");
  });
});

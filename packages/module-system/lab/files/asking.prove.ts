import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assemble } from "../../src/files/assemble.ts";
import { fetch as fetchModule } from "../../src/files/fetch.ts";
import { find } from "../../src/files/find.ts";
import { getUrl } from "../../src/files/get-url.ts";
import { lineinfile } from "../../src/files/lineinfile.ts";
import { slurp } from "../../src/files/slurp.ts";
import { stat } from "../../src/files/stat.ts";
import { tempfile } from "../../src/files/tempfile.ts";
import { HostUnderTest } from "../system/host-under-test.ts";

describe.each(["trixie", "tiny"] as const)("what is asked, brought and made on %s", (suite) => {
  let on: HostUnderTest;
  const ours = mkdtempSync(join(tmpdir(), "evenkeel-fetched-"));
  const ask = async (module: Parameters<typeof on.apply>[0], params: object) =>
    (await on.apply(module, params as never)).result;

  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
    await on.shell(
      "mkdir -p /srv/q/deep/er /srv/q/parts && cd /srv/q && echo hello >text && ln -s text link && echo log >deep/a.log && head -c 2000 /dev/zero >deep/er/b.log && touch .hidden.log && chmod 640 text && touch -t 200001010000 deep/a.log",
    );
    await on.shell(
      "cd /srv/q/parts && printf 'b' >20-b && printf 'a\\n' >10-a && printf 'h' >.h && printf 'x\\n' >30-x",
    );
  });
  afterAll(async () => {
    await on[Symbol.asyncDispose]();
  });

  test("stat", async () => {
    const { stat: text } = (await ask(stat, { path: "/srv/q/text" })) as { stat: Record<string, unknown> };
    expect(text).toMatchObject({
      ...{ exists: true, path: "/srv/q/text", isreg: true, isdir: false, islnk: false, mode: "0640", size: 6 },
      ...{
        pw_name: "root",
        gr_name: "root",
        rusr: true,
        xusr: false,
        rgrp: true,
        roth: false,
        readable: true,
        nlink: 1,
      },
      ...{ checksum: hash("sha1", "hello\n"), mimetype: "unknown", charset: "unknown" },
    });
    expect(text.mtime).toBeGreaterThan(1_700_000_000);
    const link = (await ask(stat, { path: "/srv/q/link", checksum_algorithm: "sha256" })) as { stat: object };
    expect(link.stat).toMatchObject({ islnk: true, lnk_target: "text", lnk_source: "/srv/q/text" });
    expect((await ask(stat, { path: "/srv/q/link", follow: true })) as object).toMatchObject({
      stat: { isreg: true, islnk: false },
    });
    expect(await ask(stat, { path: "/no/such" })).toEqual({ stat: { exists: false } });
  });

  test("find", async () => {
    const paths = async (params: object) =>
      ((await ask(find, { paths: ["/srv/q"], ...params })).files as { path: string }[])
        .map(({ path }) => path.slice(7))
        .sort();
    expect(await paths({})).toEqual(["text"]);
    expect(await paths({ recurse: true, patterns: ["*.log"] })).toEqual(["deep/a.log", "deep/er/b.log"]);
    expect(await paths({ recurse: true, patterns: ["^.*\\.log$"], use_regex: true, hidden: true })).toEqual([
      ".hidden.log",
      "deep/a.log",
      "deep/er/b.log",
    ]);
    expect(await paths({ recurse: true, patterns: ["*.log"], excludes: ["a*"] })).toEqual(["deep/er/b.log"]);
    expect(await paths({ recurse: true, size: "1k" })).toEqual(["deep/er/b.log"]);
    expect(await paths({ recurse: true, age: "52w" })).toEqual(["deep/a.log"]);
    expect(await paths({ recurse: true, age: "-1d", patterns: ["*.log"] })).toEqual(["deep/er/b.log"]);
    expect(await paths({ recurse: true, contains: "hel+o$" })).toEqual(["text"]);
    expect(await paths({ recurse: true, file_type: "directory" })).toEqual(["deep", "deep/er", "parts"]);
    expect(await paths({ recurse: true, depth: 2, patterns: ["*.log"] })).toEqual(["deep/a.log"]);
    expect(await paths({ mode: "0640" })).toEqual(["text"]);
    const result = await ask(find, { paths: ["/srv/q", "/no/such"], get_checksum: true });
    expect(result).toMatchObject({
      matched: 1,
      files: [{ checksum: hash("sha1", "hello\n"), mode: "0640", pw_name: "root" }],
    });
    expect(result.skipped_paths).toEqual({ "/no/such": "'/no/such' is not a directory" });
  });

  test("slurp", async () => {
    expect(await ask(slurp, { src: "/srv/q/text" })).toEqual({
      content: Buffer.from("hello\n").toString("base64"),
      encoding: "base64",
      source: "/srv/q/text",
    });
    await expect(ask(slurp, { src: "/srv/q" })).rejects.toMatchObject({ code: "slurp/unreadable" });
  });

  test("tempfile", async () => {
    const file = String((await ask(tempfile, { suffix: ".conf" })).path);
    expect(file).toMatch(/^\/tmp\/ansible\..+\.conf$/);
    const folder = String(
      (await ask(tempfile, { state: "directory", path: "/srv/q", prefix: "x-", suffix: "-y" })).path,
    );
    expect(folder).toMatch(/^\/srv\/q\/x-.+-y$/);
    expect(
      await on.shell(
        `stat -c '%a %F' ${file} ${folder}; rm -r ${folder}; ls /srv/q /tmp | grep -c -e x- -e 'ansible.*[^f]$' || :`,
      ),
    ).toBe("600 regular empty file\n700 directory\n0\n");
  });

  test("assemble", async () => {
    const params = { src: "/srv/q/parts", dest: "/srv/q/whole", delimiter: "--\\n", mode: "0600" };
    await on.apply(assemble, { ...params, ignore_hidden: true });
    expect(await on.shell("cat /srv/q/whole")).toBe("a\n--\nb\n--\nx\n");
    expect(await on.plan(assemble, { ...params, ignore_hidden: true })).toEqual([]);
    await on.apply(assemble, { ...params, regexp: "^[0-9]0-[ax]$" });
    expect(await on.shell("cat /srv/q/whole")).toBe("a\n--\nx\n");
    writeFileSync(join(ours, "part"), "mine");
    await on.apply(assemble, { src: ours, dest: "/srv/q/whole", remote_src: false });
    expect(await on.shell("cat /srv/q/whole; stat -c %a /srv/q/whole")).toBe("mine600\n");
  });

  test("fetch", async () => {
    const params = { src: "/srv/q/text", dest: ours, inventory_hostname: "web-1" };
    const copy = join(ours, "web-1/srv/q/text");
    const done = await on.apply(fetchModule, params);
    expect(done.changes).toEqual([`ensure fetched ${copy}`]);
    expect(done.result).toMatchObject({ dest: copy, checksum: hash("sha1", "hello\n") });
    expect(readFileSync(copy, "utf8")).toBe("hello\n");
    expect(await on.plan(fetchModule, params)).toEqual([]);
    mkdirSync(join(ours, "flat"));
    symlinkSync("/etc/passwd", join(ours, "flat/text"));
    await on.apply(fetchModule, { src: "/srv/q/link", dest: `${ours}/flat/`, flat: true });
    await on.apply(fetchModule, { src: "/srv/q/text", dest: `${ours}/flat/`, flat: true });
    expect(readFileSync(join(ours, "flat/text"), "utf8")).toBe("hello\n");
    expect(statSync("/etc/passwd").size).toBeGreaterThan(6);
    await on.shell("head -c 5000000 /dev/urandom >/srv/q/large");
    await on.apply(fetchModule, { src: "/srv/q/large", dest: `${ours}/large`, flat: true });
    expect(hash("sha256", readFileSync(join(ours, "large")))).toBe(
      (await on.shell("sha256sum </srv/q/large")).slice(0, 64),
    );
    await expect(on.plan(fetchModule, { ...params, src: "/no/such" })).rejects.toMatchObject({ code: "fetch/missing" });
    expect(await on.plan(fetchModule, { ...params, src: "/no/such", fail_on_missing: false })).toEqual([]);
    for (const wrong of [{ src: "/srv/../../../etc/x" }, { inventory_hostname: "../up" }, { inventory_hostname: "" }])
      await expect(on.plan(fetchModule, { ...params, ...wrong })).rejects.toMatchObject({ code: "fetch/place" });
  });

  test("a link is edited through, and the file keeps its owner and mode", async () => {
    await on.shell("chown 1:1 /srv/q/text");
    const params = { path: "/srv/q/link", line: "world", validate: "grep -q hello %s", backup: true };
    const done = await on.apply(lineinfile, params);
    expect(await on.shell("cat /srv/q/text; stat -c '%a %u' /srv/q/text; readlink /srv/q/link")).toBe(
      "hello\nworld\n640 1\ntext\n",
    );
    expect(await on.shell(`cat ${String(done.result.backup_file)}`)).toBe("hello\n");
    await expect(on.apply(lineinfile, { ...params, regexp: "hello" })).rejects.toThrow("refused");
    await on.undo(done);
    expect(await on.shell("cat /srv/q/text; stat -c '%a %u' /srv/q/text")).toBe("hello\n640 1\n");
  });

  test("get_url, first from here, then with what the host has", async () => {
    const busybox =
      suite === "tiny" ? "" : "apt-get -q update && apt-get -q -y install --no-install-recommends busybox && ";
    await on.shell(
      `${busybox}mkdir -p /srv/www /srv/got && cd /srv/www && printf 'one' >app.tgz && sha256sum app.tgz >SUMS && busybox httpd -p 80 -h /srv/www`,
    );
    const outside = `http://${on.host.address}`;
    const first = await on.apply(getUrl, {
      url: `${suite === "tiny" ? "http://127.0.0.1" : outside}/app.tgz`,
      dest: "/srv/got",
      mode: "0640",
    });
    expect(first.result).toMatchObject({
      dest: "/srv/got/app.tgz",
      checksum_src: hash("sha1", "one"),
      md5sum: hash("md5", "one"),
      status_code: 200,
      mode: "0640",
    });
    expect(await on.shell("cat /srv/got/app.tgz; stat -c %a /srv/got/app.tgz; ls -A /srv/got")).toBe(
      "one640\napp.tgz\n",
    );
    if (suite === "trixie") await on.shell("apt-get -q -y install --no-install-recommends curl");
    const params = { url: "http://127.0.0.1/app.tgz", dest: "/srv/got/app.tgz" };
    expect(await on.plan(getUrl, params)).toEqual([]);
    expect(await on.plan(getUrl, { ...params, checksum: "sha256:http://127.0.0.1/SUMS" })).toEqual([]);
    expect(await on.plan(getUrl, { ...params, mode: "0600" })).toEqual(["ensure file /srv/got/app.tgz"]);
    await on.shell("sleep 1.1; cd /srv/www && printf 'two' >app.tgz && sha256sum app.tgz >SUMS");
    expect(await on.plan(getUrl, params)).toEqual(["ensure download /srv/got/app.tgz"]);
    const sum = `sha256:${hash("sha256", "two")}`;
    const done = await on.apply(getUrl, {
      ...params,
      checksum: "sha256:http://127.0.0.1/SUMS",
      backup: true,
      force: true,
    });
    expect(await on.shell(`cat /srv/got/app.tgz ${String(done.result.backup_file)}; stat -c %a /srv/got/app.tgz`)).toBe(
      "twoone640\n",
    );
    await on.undo(done);
    expect(await on.shell("cat /srv/got/app.tgz")).toBe("one");
    await expect(on.apply(getUrl, { ...params, checksum: `sha256:${"0".repeat(64)}` })).rejects.toThrow("adds up to");
    await expect(on.apply(getUrl, { ...params, url: "http://127.0.0.1/no" })).rejects.toThrow();
    expect(await on.shell("cat /srv/got/app.tgz; ls -A /srv/got | grep evenkeel || :")).toBe("one");
    await on.apply(getUrl, { ...params, checksum: sum });
    if (suite === "trixie") {
      await on.shell("printf '/:me:hunter2\\n' >/etc/httpd.conf; busybox httpd -p 81 -h /srv/www -c /etc/httpd.conf");
      const locked = { url: "http://127.0.0.1:81/app.tgz", dest: "/srv/got/locked", url_username: "me" };
      await expect(on.apply(getUrl, { ...locked, url_password: new Secret("wrong") })).rejects.toThrow("401");
      await on.apply(getUrl, { ...locked, url_password: new Secret("hunter2") });
      expect(await on.shell("cat /srv/got/locked")).toBe("two");
    }
  });
});

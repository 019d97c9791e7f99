import { hash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command } from "../../src/commands/command.ts";
import { raw } from "../../src/commands/raw.ts";
import { script } from "../../src/commands/script.ts";
import { shell } from "../../src/commands/shell.ts";
import { HostUnderTest } from "../system/host-under-test.ts";

/** A script of ours, with a name that wants to be quoted. */
function ourScript(content: string | Buffer) {
  const localFile = join(mkdtempSync(join(tmpdir(), "evenkeel-script-")), "it's a script");
  writeFileSync(localFile, content);
  return { localFile, sha256: hash("sha256", content), size: content.length };
}

const everything =
  "find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /var/log -o -path /var/lib/evenkeel/jobs \\) -prune -o -type f -exec sha256sum {} + 2>/dev/null | sort | sha256sum";

/** dash and coreutils, and busybox. */
describe.each(["trixie", "tiny"] as const)("commands on %s", (suite) => {
  let on: HostUnderTest;
  beforeAll(async () => {
    on = await HostUnderTest.boot(suite);
    await on.shell("mkdir -p /srv/t");
  });
  afterAll(() => on[Symbol.asyncDispose]());

  test("words arrive as they were written", async () => {
    const words = ["a b", "it's", "$(reboot)", "-n", "ü", "back\\slash", "line\nfeed", "*", ""];
    const { result } = await on.apply(command, { argv: ["printf", "%s|", ...words], expand_argument_vars: false });
    expect(result).toMatchObject({ rc: 0, changed: true, stdout: `${words.join("|")}|`, stderr: "" });
  });

  test("what the host knows is put in, as Ansible does", async () => {
    const { result } = await on.apply(command, { cmd: "echo ~ $HOME '$HOME' $NOT_SET ~/x" });
    expect(result.stdout).toBe("/root /root /root $NOT_SET /root/x");
    const elsewhere = await on.apply(command, { cmd: "pwd", chdir: "~/../srv" });
    expect(elsewhere.result.stdout).toBe("/srv");
  });

  test("a failure is a result, with all that was said", async () => {
    const { result } = await on.apply(shell, { cmd: "echo out; echo err >&2; exit 3" });
    expect(result).toMatchObject({ failed: true, rc: 3, stdout: "out", stderr: "err", msg: "non-zero return code" });
  });

  test.each([
    ["is not there", "no-such-program x", 2],
    ["cannot be executed", "/etc/passwd", 13],
  ])("a program that %s", async (_name, cmd, rc) => {
    const { result } = await on.apply(command, { cmd });
    expect(result).toMatchObject({ failed: true, changed: false, rc, cmd, stdout: "", stderr: "" });
  });

  test("it reads what it is given, secrets too, and they are on no command line", async () => {
    const look = "tr '\\0' ' ' </proc/$$/cmdline; cat";
    const { result } = await on.apply(shell, { cmd: look, stdin: new Secret("s3cret") });
    expect(result.stdout).toMatch(/ s3cret$|s3cret$/);
    expect(String(result.stdout).match(/s3cret/g)).toHaveLength(1);
  });

  test("creates and removes: paths, patterns, relative to chdir", async () => {
    const touch = { cmd: "touch /srv/t/made-1", creates: "/srv/t/made-*" };
    expect((await on.apply(command, touch)).changes).toEqual(["run command touch /srv/t/made-1"]);
    const again = await on.apply(command, touch);
    expect(again.changes).toEqual([]);
    expect(again.result).toMatchObject({ changed: false, rc: 0, stdout: "skipped, since /srv/t/made-* exists" });
    const remove = { cmd: "rm made-1", chdir: "/srv/t", removes: "made-1" };
    expect((await on.apply(command, remove)).changes).toHaveLength(1);
    expect((await on.apply(command, remove)).result.stdout).toBe("skipped, since made-1 does not exist");
    await on.shell("ln -s /nowhere /srv/t/dangling");
    expect(await on.plan(command, { cmd: "x", creates: "/srv/t/dangling" })).toEqual([]);
    expect(await on.plan(command, { cmd: "x", creates: "/srv/t/dangl*" })).toEqual([]);
  });

  test("unless: asked in a plan, changing nothing", async () => {
    const params = { cmd: "touch there", chdir: "/srv/t", unless: "test -e there" };
    const before = await on.shell(everything);
    expect(await on.plan(shell, params)).toEqual(["run command touch there"]);
    expect(await on.shell(everything)).toBe(before);
    await on.apply(shell, params);
    expect(await on.plan(shell, params)).toEqual([]);
  });

  test("a script of ours runs in a private folder, and leaves nothing behind", async () => {
    const file = ourScript(
      '#!/bin/sh\necho "$0|$#|$1|$2|$(stat -c %a "$0")|$(stat -c %a "${0%/*}")"; pwd; cat; exit 4\n',
    );
    const params = { cmd: { file, words: "'a b' $HOME" }, chdir: "/srv" };
    const { result, changes } = await on.apply(script, params);
    expect(changes).toEqual(["run command it's a script 'a b' $HOME"]);
    const [first = "", folder] = (result.stdout as unknown as string[] & string)
      ? String(result.stdout).split("\n")
      : [];
    expect(first).toMatch(/^\/var\/lib\/evenkeel\/script\.\w+\/it's a script\|2\|a b\|\/root\|700\|700$/);
    expect(folder).toBe("/srv");
    expect(result).toMatchObject({ failed: true, rc: 4, changed: true });
    expect(await on.shell("ls -d /var/lib/evenkeel/script.* 2>/dev/null || echo nothing")).toBe("nothing\n");
  });

  test("a script needs no first line, when it is said what runs it", async () => {
    const { result } = await on.apply(script, {
      cmd: { file: ourScript("echo $((1+1))"), words: "" },
      executable: "sh -e",
    });
    expect(result).toMatchObject({ rc: 0, stdout: "2\n" });
  });

  test("a large binary script arrives whole", async () => {
    const noise = Buffer.alloc(300_000, "\x00\xff\n'");
    const content = Buffer.concat([Buffer.from('#!/bin/sh\nsha256sum <"$0"; exit 0\n'), noise]);
    const { result } = await on.apply(script, { cmd: { file: ourScript(content), words: "" } });
    expect(String(result.stdout).slice(0, 64)).toBe(hash("sha256", content));
  });

  test("raw, as it comes", async () => {
    const { result } = await on.apply(raw, { cmd: "printf 'a\\n\\n'; exit 2" });
    expect(result).toMatchObject({ stdout: "a\n\n", stdout_lines: ["a", ""], rc: 2, failed: true, changed: true });
  });
});

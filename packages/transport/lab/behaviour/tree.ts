import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isProving } from "../is-proving.ts";
import type { Way } from "./way.ts";

const at = "/srv/tree";
const long = "n".repeat(150);
const nothing = { sent: [], modes: [], owners: [], removed: [] };

/** A folder by its contents: text for a file, `→ target` for a link, an empty string after a `/` for a folder. */
const sample: Readonly<Record<string, string>> = {
  "index.html": "<h1>hi</h1>",
  empty: "",
  "with space/and 'quote'": "quoted",
  "é/漢字 ü": "beyond ASCII",
  [`${long}/${long}/${"f".repeat(100)}`]: "a path of more than 255 bytes",
  "-rf": "a name like an option",
  "*": "a name like a pattern",
  link: "→ index.html",
  "dangling link": "→ no where",
  [`link to ${long}`]: `→ ${long}/${long}`,
  "empty folder/": "",
  ".hidden/.file": "hidden",
  "$(id)": "a name like a command",
};

export function treeBehaves(way: Way): void {
  let from: string;
  const make = async (files: Readonly<Record<string, string>>, modes: Readonly<Record<string, number>> = {}) => {
    rmSync(from, { recursive: true, force: true });
    makeFolder(from, files);
    for (const [path, mode] of Object.entries(modes)) chmodSync(join(from, path), mode);
    if (way.transport !== "local") return;
    const { stdout } = spawnSync("tar", ["-c", "."], { cwd: from, maxBuffer: 1 << 28 });
    await way.host.shell(`rm -rf ${from}; mkdir -p ${from}; tar -xp -C ${from}`, { stdin: stdout });
  };
  const put = (more = {}) => way.connection.putTree({ from, path: at, ...more });
  /** A folder as lines, the same here and there. */
  const listing =
    'cd -- "$1" && find . -mindepth 1 | LC_ALL=C sort | while read -r f; do if [ -L "$f" ]; then echo "$f -> $(readlink "$f")"; elif [ -d "$f" ]; then echo "$f $(stat -c %a "$f")"; else echo "$f $(stat -c %a "$f") $(sha256sum <"$f")"; fi; done';
  const here = () => spawnSync("sh", ["-c", listing, "sh", from], { encoding: "utf8" }).stdout.trimEnd();
  const there = () => way.see(`set -- ${at}; ${listing}`);

  describe("putTree", () => {
    beforeAll(async () => {
      from = mkdtempSync(join(tmpdir(), "evk-tree-"));
      await way.see(`rm -rf ${at}; mkdir -p /srv`);
    });
    afterAll(async () => {
      rmSync(from, { recursive: true, force: true });
      expect(await way.see("find /srv /tmp -name '.evenkeel*'")).toBe("");
    });

    test("makes a folder, and then has nothing to do", async () => {
      await make(sample, { "index.html": 0o640, "-rf": 0o4755, "empty folder": 0o700 });
      const { sent, ...rest } = await put();
      expect(rest).toEqual({ modes: [], owners: [], removed: [] });
      expect(sent).toContain(".hidden/.file");
      expect(await there()).toBe(here());
      expect(await way.see(`stat -c %a:%U ${at}`)).toBe("755:root");
      expect(await put()).toEqual(nothing);
    });

    test("sends what differs, and no more", async () => {
      await way.see(
        `cd ${at}; echo drift >>empty; chmod 600 index.html; rm link; ln -s elsewhere link; rm ./.hidden/.file; echo extra >extra`,
      );
      const done = await put();
      expect([...done.sent].sort()).toEqual([".hidden/.file", "empty", "link"]);
      expect(done).toMatchObject({ modes: [{ path: "index.html", mode: 0o640 }], removed: [] });
      expect(await way.see(`cat ${at}/extra`)).toBe("extra");
      expect(await put()).toEqual(nothing);
    });

    test("removes what is not wanted, when asked", async () => {
      await way.see(`mkdir -p "${at}/old folder/deep"; cd ${at}; echo x >"old folder/deep/x"; ln -s /etc ./'old link'`);
      expect((await put({ prune: true })).removed).toEqual(["extra", "old folder", "old link"]);
      expect(await there()).toBe(here());
      expect(await way.see("ls -d /etc/passwd")).toBe("/etc/passwd");
      expect(await put({ prune: true })).toEqual(nothing);
    });

    test("changes what sort of thing something is", async () => {
      await make({ a: "file", "b/in": "folder", c: "→ b", "d/deep/er": "x", e: "" });
      await put({ prune: true });
      await make({ "a/in": "folder", b: "→ a", c: "file", d: "file", "e/": "" });
      const done = await put({ prune: true });
      expect([...done.removed].sort()).toEqual(["a", "b", "c", "d", "e"]);
      expect(await there()).toBe(here());
      expect(await put({ prune: true })).toEqual(nothing);
    });

    test("gives owners and modes", async () => {
      await make({ "a/file": "x", b: "y", l: "→ b" });
      const wanted = { owner: "deploy", group: "nogroup", fileMode: "0640", directoryMode: "0750", prune: true };
      await put(wanted);
      const look = `cd ${at}; stat -c '%n %a %U:%G' a a/file b; stat -c '%U' l`;
      const owned = "a 750 deploy:nogroup\na/file 640 deploy:nogroup\nb 640 deploy:nogroup\ndeploy";
      expect(await way.see(look)).toBe(owned);
      expect(await put(wanted)).toEqual(nothing);
      await way.see(`cd ${at}; chown root a/file; chmod 777 a`);
      expect(await put(wanted)).toEqual({ ...nothing, modes: [{ path: "a", mode: 0o750 }], owners: ["a/file"] });
      expect(await way.see(look)).toBe(owned);
    });

    test("an empty folder, and a folder where there was none", async () => {
      await make({});
      await put({ path: "/srv/made empty" });
      expect(await way.see("ls -A '/srv/made empty'; stat -c %a '/srv/made empty'; rmdir '/srv/made empty'")).toBe(
        "755",
      );
      await expect(put({ path: "/srv/no/such/tree" })).rejects.toMatchObject({ name: "StepError", code: "files/tree" });
    });

    test.each([
      ["a file", "echo file >/srv/in-the-way"],
      ["a link to a folder", "ln -s /etc /srv/in-the-way"],
    ])("%s in the way is said, and let be", async (_name, script) => {
      await make({ passwd: "mine" });
      await way.see(`rm -rf /srv/in-the-way; ${script}`);
      const before = await way.see("ls -l /srv/in-the-way; cat /etc/passwd");
      await expect(put({ path: "/srv/in-the-way", prune: true })).rejects.toMatchObject({ code: "files/not-a-folder" });
      expect(await way.see("ls -l /srv/in-the-way; cat /etc/passwd")).toBe(before);
    });

    test("a name with a line feed is refused before anything is sent", async () => {
      await make({ "a\nb": "x" });
      await expect(put()).rejects.toMatchObject({ name: "InputError", code: "files/name" });
    });

    test("a strange thing on the host goes like any other", async () => {
      await make({ file: "x" });
      await put({ prune: true });
      await way.see(`cd ${at}; mkfifo pipe; : >'back\\slash'; : >"a  b "; ln -s 'x y' 'l l'`);
      await put({ prune: true });
      expect(await way.see(`ls -A ${at}`)).toBe("file");
    });

    test.each(["mkdir \"$(printf 'line\\nfeed')\"", ": >\"$(printf '\\377')\""])(
      "what cannot be named is said, and nothing changed: %s",
      async (script) => {
        await way.see(`mkdir -p ${at}; cd ${at}; echo drift >file; ${script}`);
        await expect(put({ prune: true })).rejects.toMatchObject({ name: "StepError", code: "files/strange-name" });
        expect(await way.see(`cat ${at}/file; rm -rf ${at}`)).toBe("drift");
      },
    );

    test("what is not ours and not to go costs no write", async () => {
      await make({ file: "x" });
      await put();
      await way.see(`cd ${at}; echo extra >extra; touch -d '2020-01-01 00:00:00' . ..`);
      expect(await put()).toEqual(nothing);
      expect(await way.see(`stat -c %y /srv ${at} | cut -c1-4`)).toBe("2020\n2020");
    });

    test("thousands of files", async () => {
      const count = way.isFirst || isProving ? 10_000 : 1000;
      await make(Object.fromEntries(Array.from({ length: count }, (_, at) => [`d${at % 100}/f${at}`, `file ${at}`])));
      expect((await put({ prune: true })).sent).toHaveLength(count + 100);
      expect(await put({ prune: true })).toEqual(nothing);
      expect(await way.see(`find ${at} -type f | wc -l; cat ${at}/d42/f42`)).toMatch(
        new RegExp(`^\\s*${count}\\nfile 42$`),
      );
    });
  });
}

function makeFolder(top: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(top, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const file = join(top, path);
    mkdirSync(path.endsWith("/") ? file : dirname(file), { recursive: true });
    if (content.startsWith("→ ")) symlinkSync(content.slice(2), file);
    else if (!path.endsWith("/")) writeFileSync(file, content);
  }
}

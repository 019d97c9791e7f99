import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PutFile } from "../../src/index.ts";
import type { Way } from "./way.ts";

/** Places where files cannot be put as usual, each made with the machine's privileges: a container has none of them. */
const places = {
  small: ["-t", "tmpfs", "-o", "size=256k"],
  "few-files": ["-t", "tmpfs", "-o", "nr_inodes=4"],
  "read-only": ["-t", "tmpfs", "-o", "ro"],
};

export function noRoomBehaves(way: Way): void {
  const put = (file: PutFile) => way.connection.put(file);
  const mount = (...argv: string[]) => way.host.enter(["mount", ...argv]);

  describe("put where it is hard", () => {
    beforeAll(async () => {
      for (const [name, options] of Object.entries(places)) {
        await way.see(`mkdir -p /srv/${name}`);
        await mount(...options, "none", `/srv/${name}`);
      }
    });
    afterAll(async () => {
      expect(await way.see("find /srv /tmp /root -name '.evenkeel*'")).toBe("");
      await way.host.enter(["umount", ...Object.keys(places).map((name) => `/srv/${name}`)]);
    });

    test.each([
      ["", false],
      [", in place", true],
    ])("no room: the old bytes stay, and it is said how much there is%s", async (_name, inPlace) => {
      await put({ path: "/srv/small/file", content: "old" });
      const refused = put({ path: "/srv/small/file", content: "x".repeat(600_000), inPlace });
      await expect(refused).rejects.toMatchObject({
        name: "StepError",
        code: "files/no-space",
        message: expect.stringMatching(
          /^no room for \/srv\/small\/file: it needs 600000 bytes, and none \(on \/srv\/small\) has 2\d{5} free$/,
        ),
      });
      expect(await way.see("cat /srv/small/file; ls -A /srv/small")).toBe("oldfile");
      await put({ path: "/srv/small/file", content: "x".repeat(100_000) });
    });

    test("a large file is not even sent", async () => {
      const refused = put({ path: "/srv/small/large", content: Buffer.alloc(9 * 1024 * 1024) });
      await expect(refused).rejects.toMatchObject({ code: "files/no-space" });
      expect(await way.see("ls -A /srv/small")).toBe("file");
    });

    test("no inode left", async () => {
      await way.see("cd /srv/few-files; echo old >1; echo old >2; : >3");
      const refused = put({ path: "/srv/few-files/1", content: "new" });
      await expect(refused).rejects.toMatchObject({
        code: "files/no-space",
        message: expect.stringContaining("no inode left"),
      });
      expect(await way.see("cd /srv/few-files; cat 1 2; ls -A | wc -l")).toMatch(/^old\nold\n\s*3$/);
    });

    test("a file system that takes no writes", async () => {
      const refused = put({ path: "/srv/read-only/file", content: "new" });
      await expect(refused).rejects.toMatchObject({
        code: "files/no-temp",
        detail: expect.stringContaining("Read-only file system"),
      });
    });

    test("a mount point of its own is written in place, when asked", async () => {
      await way.see("echo old >/srv/bound; echo below >/srv/below");
      await mount("--bind", "/srv/below", "/srv/bound");
      await expect(put({ path: "/srv/bound", content: "new" })).rejects.toMatchObject({
        code: "files/rename",
        detail: expect.stringMatching(/busy/i),
      });
      expect(await way.see("cat /srv/bound")).toBe("below");
      await put({ path: "/srv/bound", content: "new", inPlace: true });
      expect(await way.see("cat /srv/bound /srv/below")).toBe("newnew");
      await way.host.enter(["umount", "/srv/bound"]);
    });

    test("a file that must not change", async ({ skip }) => {
      await way.see("echo old >/srv/immutable");
      const { code } = await way.host.enter(["chattr", "+i", "/srv/immutable"], undefined, { check: false });
      if (code !== 0) skip("no chattr here");
      const refused = put({ path: "/srv/immutable", content: "new" }).finally(() =>
        way.host.enter(["chattr", "-i", "/srv/immutable"]),
      );
      await expect(refused).rejects.toMatchObject({
        code: "files/rename",
        detail: expect.stringContaining("not permitted"),
      });
      expect(await way.see("cat /srv/immutable")).toBe("old");
    });

    test("a program that runs is replaced", async () => {
      await way.see(
        "cp /bin/sleep /srv/runs 2>/dev/null; [ ! -L /bin/sleep ] || cp /bin/busybox /srv/runs; chmod 755 /srv/runs; (exec -a sleep /srv/runs 60 || /srv/runs sleep 60) >/dev/null 2>&1 & sleep 0.2",
      );
      await put({ path: "/srv/runs", content: "#!/bin/sh\necho new\n" });
      expect(
        await way.see(
          "/srv/runs; kill $(grep -la '[/]srv/runs' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3) 2>/dev/null || true",
        ),
      ).toBe("new");
    });
  });
}

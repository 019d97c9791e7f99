import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Way } from "./way.ts";

export function getBehaves(way: Way): void {
  describe("get", () => {
    test.each([
      ["nothing there", "/srv/no such file", "No such file"],
      ["a folder", "/etc", "Is a directory"],
    ])("%s is said", async (_name, path, words) => {
      const getting = way.connection.get(path, () => undefined);
      await expect(getting).rejects.toMatchObject({
        name: "StepError",
        code: "files/unreadable",
        detail: expect.stringMatching(new RegExp(words, "i")),
      });
      expect(await way.read("echo alive")).toBe("alive\n");
    });

    test("8 MiB arrive whole, however slowly they are taken", async () => {
      await way.see("mkdir -p /srv; dd if=/dev/urandom of=/srv/large bs=1048576 count=8 2>/dev/null");
      let size = 0;
      let isBusy = false;
      await way.connection.get("/srv/large", async (bytes) => {
        expect(isBusy).toBe(false);
        isBusy = true;
        size += bytes.length;
        if (size < 500_000) await sleep(20);
        isBusy = false;
      });
      expect(size).toBe(8 * 1024 * 1024);
    });

    test("a file that changes on the way is not taken for whole", async () => {
      await way.see("dd if=/dev/zero of=/srv/large bs=1048576 count=32 2>/dev/null");
      let isFirst = true;
      const getting = way.connection.get("/srv/large", async () => {
        if (isFirst) await way.see("printf x | dd of=/srv/large bs=1 conv=notrunc 2>/dev/null");
        isFirst = false;
      });
      await expect(getting).rejects.toMatchObject({ code: "files/changed" });
      await way.see("rm /srv/large");
    });
  });
}

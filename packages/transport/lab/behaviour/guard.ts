import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Job } from "../../src/index.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

const sh = (script: string, more: Partial<Job> = {}): Job => ({
  id: randomUUID(),
  argv: ["sh", "-c", script],
  ...more,
});
const refusal = (detail: unknown) => ({ name: "StepError", code: "transport/guard", detail });
const no = "echo 'not yours: web-2 has it' >&2; exit 3";

export function guardBehaves(way: Way): void {
  describe("guard", () => {
    test("a guard that says no: no job is started, and its reason is told", async () => {
      await way.see("rm -f /tmp/evk-guarded");
      const job = sh("touch /tmp/evk-guarded; cat", { guard: no, stdin: "input" });
      await expect(way.connection.job(job)).rejects.toMatchObject(refusal("not yours: web-2 has it"));
      await expect(way.connection.start(job)).rejects.toMatchObject(refusal("not yours: web-2 has it"));
      expect(await way.connection.jobState(job.id)).toEqual({ kind: "absent" });
      expect(
        await way.see(`ls -A /var/lib/evenkeel/jobs | grep ${job.id} || true; ls /tmp/evk-guarded 2>&1 || true`),
      ).toMatch(/No such file/);
      expect(await way.read("echo alive")).toBe("alive\n");
    });

    test("a guard is asked first, and of what it printed only a refusal's reason is heard", async () => {
      const guard = "echo first >/tmp/evk-order; echo noise; echo more noise >&2";
      const outcome = await way.connection.job(sh("echo second >>/tmp/evk-order; cat", { guard, stdin: "input" }));
      expect(outcome).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("input"), stderr: Buffer.alloc(0) });
      expect(await way.see("cat /tmp/evk-order")).toBe("first\nsecond");
    });

    test("a job on record is followed, and the guard not asked again", async () => {
      const job = sh("echo ran; sleep 0.5", { guard: "echo asked >>/tmp/evk-asked" });
      await way.see("rm -f /tmp/evk-asked");
      await way.connection.start(job);
      const again = { ...job, guard: no };
      expect(await way.connection.job(again)).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("ran\n") });
      expect(await way.connection.job(again)).toMatchObject({ kind: "done", code: 0 });
      expect(await way.see("cat /tmp/evk-asked")).toBe("asked");
    });

    test.each([
      ["what is no sh", "if then"],
      ["an exit", "exit 1"],
      ["one that ends itself", "kill -9 $(sh -c 'echo $PPID')"],
      ["one that reads", "read -r line"],
    ])("%s is a no, and disturbs nothing", async (_name, guard) => {
      const refused = way.connection.put({ path: "/tmp/evk-guarded-file", content: "x".repeat(100_000), guard });
      await expect(refused).rejects.toMatchObject(refusal(expect.any(String)));
      expect(await way.see("ls /tmp | grep -c guarded-file || true")).toBe("0");
      expect(await way.read("echo alive")).toBe("alive\n");
    });

    test.each([
      ["", false],
      [", in place", true],
    ])("a file is not replaced when the guard says no%s, and the guard sees the old one", async (_name, inPlace) => {
      const path = "/tmp/evk-guarded-file";
      await way.see(`echo old >${path}; rm -f /tmp/evk-seen`);
      const file = { path, content: "new", inPlace, mode: "0600" };
      await expect(way.connection.put({ ...file, guard: no })).rejects.toMatchObject(
        refusal("not yours: web-2 has it"),
      );
      expect(await way.see(`cat ${path}; stat -c %a ${path}; ls -A /tmp | grep -c '^.evenkeel' || true`)).toBe(
        "old\n644\n0",
      );
      await way.connection.put({ ...file, guard: `cat ${path} >/tmp/evk-seen` });
      expect(await way.see(`cat ${path}; echo; cat /tmp/evk-seen; rm ${path}`)).toBe("new\nold");
    });

    test("what validation refuses is not asked about", async () => {
      const file = { path: "/tmp/evk-guarded-file", content: "new", validate: ["false", "%s"] };
      const refused = way.connection.put({ ...file, guard: "touch /tmp/evk-guard-ran" });
      await expect(refused).rejects.toMatchObject({ code: "files/refused" });
      expect(await way.see("ls /tmp | grep -c evk-guard-ran || true")).toBe("0");
    });

    test.runIf(way.transport !== "local")("a tree is not touched when the guard says no", async () => {
      const from = mkdtempSync(join(tmpdir(), "evk-guard-"));
      writeFileSync(join(from, "a"), "new");
      await way.see("rm -rf /srv/guarded /srv/guarded-new; mkdir -p /srv/guarded; echo old >/srv/guarded/a");
      for (const path of ["/srv/guarded", "/srv/guarded-new"]) {
        const refused = way.connection.putTree({ from, path, guard: no });
        await expect(refused).rejects.toMatchObject(refusal("not yours: web-2 has it"));
      }
      expect(await way.see("cat /srv/guarded/a; ls -A /srv | grep -e new -e '^.evenkeel' || true")).toBe("old");
      const guard = "echo asked >>/tmp/evk-tree-asked";
      await way.see("rm -f /tmp/evk-tree-asked");
      for (const sent of [["a"], []]) {
        expect((await way.connection.putTree({ from, path: "/srv/guarded", guard })).sent).toEqual(sent);
      }
      expect(await way.see("cat /srv/guarded/a; echo; cat /tmp/evk-tree-asked; rm -r /srv/guarded")).toBe("new\nasked");
      rmSync(from, { recursive: true });
    });
  });

  describe("after", () => {
    test("comes when the result is on record, and before anybody is told", async () => {
      const job = sh("echo out; exit 7");
      const record = `/var/lib/evenkeel/jobs/${job.id}/rc`;
      const after = `{ echo "status $1"; cat ${record}; } >/tmp/evk-after; sleep 0.7; echo done >>/tmp/evk-after; echo word`;
      const outcome = await way.connection.job({ ...job, after });
      expect(outcome).toMatchObject({
        kind: "done",
        code: 7,
        stdout: Buffer.from("out\n"),
        stderr: Buffer.from("word\n"),
      });
      expect(await way.see("cat /tmp/evk-after")).toBe("status 7\n7\ndone");
    });

    test.runIf(way.isThorough)(
      "what is wrong with it changes no result, and does not hang longer than the deadline",
      async () => {
        expect(await way.connection.job(sh("exit 2", { after: "if then" }))).toMatchObject({ kind: "done", code: 2 });
        const hangs = sh("exit 4", { after: "sleep 4646", deadlineMs: 1500 });
        expect(await way.connection.job(hangs)).toMatchObject({ kind: "done", code: 4 });
        expect(await way.see("grep -la 'sleep.464[6]' /proc/[0-9]*/cmdline 2>/dev/null || true")).toBe("");
      },
    );

    test.runIf(way.isThorough)("a job that was ended has it too, and so has one that nobody follows", async () => {
      const after = 'echo "$1" >>/tmp/evk-after-all';
      await way.see("rm -f /tmp/evk-after-all");
      await way.connection.job(sh("sleep 4747", { after: `sleep 1.5; ${after}`, deadlineMs: 1000 }));
      await way.connection.start(sh("exit 3", { after }));
      await soon(() => way.see("cat /tmp/evk-after-all"), "143\n3");
    });
  });
}

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Privilege } from "../../src/index.ts";
import { isProving } from "../is-proving.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

export function privilegeBehaves(way: Way): void {
  const isDebian = way.to !== "tiny";
  /** From root to another user, by whatever the host has. */
  const deploy: Privilege = { user: "deploy", method: isDebian ? "sudo" : "su" };
  const as = (privilege: Privilege) => way.connection.as(privilege);
  const say = async (privilege: Privilege, script: string) =>
    `${(await as(privilege).exchange([{ script }]))[0]?.stdout}`.trimEnd();

  describe("as another user", () => {
    test("everything is as that user", async () => {
      expect(await say(deploy, "id -un; id -gn; umask; cd; pwd")).toBe("deploy\ndeploy\n0022\n/home/deploy");
      await way.see("rm -rf /tmp/evk-as; mkdir -m 777 /tmp/evk-as");
      await as(deploy).put({ path: "/tmp/evk-as/file", content: "x", mode: "0640" });
      const outcome = await as(deploy).job({
        id: randomUUID(),
        argv: ["sh", "-c", "id -un; touch /tmp/evk-as/by-job; cat"],
        stdin: "in",
      });
      expect(outcome).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("deploy\nin") });
      expect(await way.see("stat -c '%a %U' /tmp/evk-as/file /tmp/evk-as/by-job")).toBe("640 deploy\n644 deploy");
      await expect(as(deploy).put({ path: "/etc/evk-not-mine", content: "" })).rejects.toMatchObject({
        code: "files/no-temp",
      });
      await expect(as(deploy).get("/etc/shadow", () => undefined)).rejects.toMatchObject({ code: "files/unreadable" });
    });

    test("its records are its own", async () => {
      const id = randomUUID();
      await as(deploy).job({ id, argv: ["true"] });
      expect(await as(deploy).jobState(id)).toEqual({ kind: "done", code: 0 });
      expect(await way.connection.jobState(id)).toEqual({ kind: "absent" });
      expect(await way.see("stat -c '%a %U' /home/deploy/.local/state/evenkeel/jobs")).toBe("700 deploy");
    });

    test("one shell for each user, started once", async () => {
      if (way.transport !== "local") expect(as(deploy)).toBe(as({ ...deploy }));
      const pids = await Promise.all([say(deploy, "echo $$"), say(deploy, "echo $$")]);
      expect(pids[0]).toBe(pids[1]);
      expect(pids[0]).not.toBe((await way.read("echo $$")).trimEnd());
    });

    test("who is that user already needs no tool", async () => {
      for (const method of ["sudo", "su", "doas"] as const)
        expect(await say({ user: "root", method }, "id -un")).toBe("root");
    });

    test.runIf(isDebian)("both sudo and su lead there", async () => {
      for (const method of ["sudo", "su"] as const)
        expect(await say({ user: "deploy", method }, "id -un; pwd >/dev/null; echo $HOME")).toBe(
          "deploy\n/home/deploy",
        );
    });

    test.runIf(isDebian && way.transport !== "local")("and back to root, and from there anywhere", async () => {
      const connection = way.connect({ user: "deploy" });
      const [answer] = await connection
        .as({ user: "root", method: "sudo" })
        .exchange([{ script: "id -un; cat /etc/shadow | wc -l" }]);
      expect(`${answer?.stdout}`).toMatch(/^root\n\d+\n$/);
      const [nobody] = await connection.as({ user: "nobody", method: "sudo" }).exchange([{ script: "id -un" }]);
      expect(`${nobody?.stdout}`).toBe("nobody\n");
      await connection.close();
    });

    test.runIf(way.isFirst || (isProving && isDebian && way.transport !== "local"))(
      "what another user's job became cannot be ended, and is told",
      async () => {
        // Then sudo is no parent that could be ended, but becomes the command.
        const words = "Defaults:deploy !use_pty, !pam_session, !pam_setcred\n";
        await way.host.writeFile("/etc/sudoers.d/direct", words);
        const connection = way.connect({ user: "deploy" });
        const job = { id: randomUUID(), argv: ["sudo", "sleep", "5151"], deadlineMs: 1000 };
        expect(await connection.job(job)).toMatchObject({ kind: "unknown", because: "stuck" });
        expect(await connection.jobState(job.id)).toEqual({ kind: "running" });
        await way.see("kill $(grep -la '^sleep.515[1]' /proc/[0-9]*/cmdline | cut -d/ -f3)");
        await soon(() => connection.jobState(job.id), { kind: "signalled", signal: "SIGTERM", because: "deadline" });
        await connection.close();
        await way.see("rm /etc/sudoers.d/direct");
      },
    );

    test.each([
      [{ user: "no-such-user", login: false }, /no such user/],
      [{ user: "root", login: true }, /not installed/],
    ])("who cannot, is told: %j", async ({ user, login }, hint) => {
      if (login && way.transport === "local") return;
      const method = isDebian && !login ? "sudo" : login ? "doas" : "su";
      const connection = login ? way.connect({ user: "deploy" }) : way.connection;
      const refused = connection.as({ user, method }).exchange([{ script: "id" }]);
      await expect(refused).rejects.toMatchObject({
        name: "ConnectError",
        code: "privilege/refused",
        hint: expect.stringMatching(hint),
      });
      expect(await way.read("echo alive")).toBe("alive\n");
      if (login) await connection.close();
    });

    test("a user's name is no place for tricks", async () => {
      await expect(say({ user: "root; reboot", method: "sudo" }, "id")).rejects.toMatchObject({
        code: "privilege/user-name",
      });
      await expect(say({ user: "-u", method: "su" }, "id")).rejects.toMatchObject({ code: "privilege/user-name" });
    });
  });
}

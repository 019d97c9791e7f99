import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isProving } from "../is-proving.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

export function exchangeBehaves(way: Way): void {
  describe("exchange", () => {
    test("each read has its own output, complaints and status", async () => {
      const scripts = [
        "echo one",
        "echo two >&2; exit 3",
        "false",
        "printf 'no line feed'",
        "kill -9 $(sh -c 'echo $PPID')",
      ];
      const answers = await way.connection.exchange(scripts.map((script) => ({ script })));
      expect(answers.map(({ code, stdout, stderr }) => [code, `${stdout}`, `${stderr}`])).toEqual([
        [0, "one\n", ""],
        [3, "", "two\n"],
        [1, "", ""],
        [0, "no line feed", ""],
        [137, "", expect.any(String)],
      ]);
    });

    test.each([
      ["a variable", "x=1; PATH=; IFS=0; HOME=/nowhere"],
      ["a folder", "cd /usr"],
      ["an exit", "exit 7"],
      ["a failure that ends", "set -eu; false; echo $nothing"],
      ["a function of our name", "evk_shut() { echo fooled; }; printf() { :; }; read() { :; }"],
      ["a trap", "trap 'echo trapped' EXIT; trap '' TERM"],
      ["a closed stream", "exec >&- 2>&- <&-"],
      ["another stream", "exec >/dev/null 2>&1"],
      ["an unended quote", "echo 'never"],
      ["an unended word", "if true; then"],
      ["a word too many", "fi"],
      ["a parenthesis", ")"],
      ["a wrong redirection", "echo hi >"],
      ["an unended document", "cat <<END\nhello"],
      ["a comment", "echo hello # and then"],
      ["a line that goes on", "echo hello \\"],
      ["another program", "exec sleep 0"],
    ])("%s of one read is nothing to the next", async (_name, script) => {
      const after = 'pwd; echo "$x|$IFS"; id -u; unset none; echo "${none-empty}"';
      const [before, , next] = await way.connection.exchange([{ script: after }, { script }, { script: after }]);
      expect(next).toEqual(before);
      expect(before?.code).toBe(0);
    });

    test("a read reads nothing of the wire", async () => {
      expect(await way.read("cat; read -r x; echo $?; dd bs=1 count=1 2>/dev/null; head -c 5; echo end")).toBe(
        "1\nend\n",
      );
    });

    test("every byte there is, on both streams", async () => {
      const every = 'i=0; while [ $i -lt 256 ]; do printf "\\\\$(printf %o $i)"; i=$((i + 1)); done';
      const [answer] = await way.connection.exchange([{ script: `${every}; (${every}) >&2` }]);
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      expect(answer).toMatchObject({ code: 0, stdout: bytes, stderr: bytes });
    });

    test("what looks like a frame, is none", async () => {
      const nonce = "0123456789abcdef0123456789abcdef";
      const marks = `\\036${nonce}<\\n\\036${nonce}>0\\n\\036\\036${nonce}`;
      const [first, second] = await way.connection.exchange([
        { script: `printf '${marks}'; printf '${marks}' >&2; printf '\\036'` },
        { script: "set; cat /proc/$$/cmdline /proc/$$/environ; printf '\\036'; echo ok >&2" },
      ]);
      const seen = `\x1e${nonce}<\n\x1e${nonce}>0\n\x1e\x1e${nonce}`;
      expect([`${first?.stdout}`, `${first?.stderr}`]).toEqual([`${seen}\x1e`, seen]);
      expect(`${second?.stderr}`).toBe("ok\n");
    });

    test("a line of 10 MiB, invalid UTF-8 and a lonely NUL", async () => {
      const [long, invalid, nul] = await way.connection.exchange([
        { script: "dd if=/dev/zero bs=1048576 count=10 2>/dev/null | tr '\\0' x" },
        { script: "printf '\\377\\376\\300\\200'" },
        { script: "printf '\\0'" },
      ]);
      expect(long?.stdout.equals(Buffer.alloc(10 * 1024 * 1024, "x"))).toBe(true);
      expect(invalid?.stdout).toEqual(Buffer.from([0xff, 0xfe, 0xc0, 0x80]));
      expect(nul?.stdout).toEqual(Buffer.from([0]));
    });

    test("too much output is kept at both ends", async () => {
      const script = "printf head; dd if=/dev/zero bs=100000 count=10 2>/dev/null; printf tail";
      const [answer] = await way.connection.exchange([{ script, outputLimit: 1000 }]);
      expect(answer?.stdout).toHaveLength(1000);
      expect(answer?.stdout.toString().replaceAll("\0", "")).toBe("headtail");
      expect(answer?.droppedBytes).toBe(999_008);
    });

    // What is local to the host runs in a process over there, to which no function can be handed.
    test.skipIf(way.transport === "local")("each answer is there as soon as the host has said so much", async () => {
      const at: number[] = [];
      const reads = ["echo one", "sleep 1; echo two"].map((script) => ({ script }));
      const all = await way.connection.exchange(reads, {
        onAnswer: ({ stdout }, index) => {
          at.push(performance.now());
          expect(`${stdout}`).toBe(["one\n", "two\n"][index]);
        },
      });
      expect(all.map(({ stdout }) => `${stdout}`)).toEqual(["one\n", "two\n"]);
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(800);
    });

    test("thousands of reads in one exchange", async () => {
      const count = way.isFirst || isProving ? 5000 : 500;
      const reads = Array.from({ length: count }, (_, number) => ({ script: `echo ${number}` }));
      const answers = await way.connection.exchange(reads);
      expect(answers.map(({ stdout }) => Number(stdout)).every((number, at) => number === at)).toBe(true);
      expect(answers).toHaveLength(count);
    });

    test("a read of 300 KiB of script, and none at all", async () => {
      const text = "é'\"$x".repeat(50_000);
      const [answer] = await way.connection.exchange([{ script: `cat <<'END' | wc -c\n${text}\nEND` }]);
      expect(Number(answer?.stdout)).toBe(Buffer.byteLength(text) + 1);
      expect(await way.connection.exchange([])).toEqual([]);
    });

    test.runIf(way.isFirst || isProving)("a thousand exchanges in turn, and fifty jobs at once", async () => {
      for (let number = 0; number < 1000; number++) expect(await way.read(`echo ${number}`)).toBe(`${number}\n`);
      const jobs = Array.from({ length: 50 }, (_, number) => ({
        id: randomUUID(),
        argv: ["sh", "-c", `sleep 1; echo ${number}`],
      }));
      const outcomes = await Promise.all(jobs.map((job) => way.connection.job(job)));
      expect(outcomes.map(({ stdout }) => Number(stdout))).toEqual(jobs.map((_, number) => number));
    });

    test("exchanges that overlap do not mix", async () => {
      const numbers = Array.from({ length: 50 }, (_, number) => number);
      const all = await Promise.all(numbers.map((number) => way.read(`echo ${number}`)));
      expect(all.map(Number)).toEqual(numbers);
    });

    test.each([
      ["a pipe that nobody writes to", "mkfifo /tmp/evk-pipe 2>/dev/null; read -r x </tmp/evk-pipe"],
      ["a program that hangs", "sleep 7777; echo late"],
      ["a program that will not be ended", "trap '' TERM INT HUP; while :; do sleep 7777; done"],
      ["a program in the background that is waited for", "sleep 7777 & wait"],
      ["a session of its own", "setsid sleep 7777 | cat"],
    ])("%s is given up after the deadline, ended, and the next read answered", async (_name, script) => {
      await way.connection.ready();
      const countShells = () =>
        way.see("grep -la 'read -r [n] &&' /proc/[0-9]*/cmdline 2>/dev/null | wc -l").then(Number);
      const shells = await countShells();
      const start = performance.now();
      const stuck = way.connection.exchange([{ script: "echo before" }, { script }], { deadlineMs: 300 });
      await expect(stuck).rejects.toMatchObject({ name: "StepError", code: "transport/deadline" });
      expect(performance.now() - start).toBeLessThan(3000);
      expect(await way.read("echo alive")).toBe("alive\n");
      // What leads a session of its own cannot be told from a daemon, and is let be.
      const left = "grep -la 'sleep.777[7]' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3";
      if (!script.startsWith("setsid")) await soon(() => way.see(left), "");
      await way.see(`kill -9 $(${left}) 2>/dev/null || true`);
      // sshd allows ten at once: none may be left behind.
      await soon(countShells, shells);
    });
  });
}

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

const program = new URL("../src/main.mjs", import.meta.url).pathname;
const SECRET = "s3cret-canary";
/** Programs of util-linux: one takes the terminal away, one gives one. */
const [apart, terminal] = ["setsid", "script"];

/** One machine with the real programs, so that whatever we write is read by them. */
let lab: Lab;
let host: Host;
let folder: string;

beforeAll(async () => {
  lab = await createLab();
  [host] = (await lab.addHosts([{ name: "control" }])) as [Host];
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible-core age");
  await host.shell("printf 'correct horse' > pw; printf 'battery' > pw2; chmod 600 pw pw2");
});
afterAll(() => lab?.down());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vault-command-"));
  put("pw", "correct horse");
  put("pw2", "battery");
  mkdirSync(join(folder, "run"), { mode: 0o700 });
  return () => rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
const put = (name: string, content: string | Buffer, mode = 0o600): string => {
  writeFileSync(at(name), content);
  chmodSync(at(name), mode);
  return at(name);
};
const get = (name: string) => readFileSync(at(name), "utf8");
const modeOf = (name: string) => (statSync(at(name)).mode & 0o777).toString(8);

/** Nothing of the user's own, and no terminal. */
const settings = (more: NodeJS.ProcessEnv = {}) => ({
  cwd: folder,
  env: { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: at("run"), PAGER: "cat", ...more },
});

function vault(
  args: readonly string[],
  { input = "", env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
) {
  const { status, stdout, stderr } = spawnSync(apart, ["--wait", process.execPath, program, "vault", ...args], {
    ...settings(env),
    input: Buffer.from(input),
  });
  return { status, stdout: stdout.toString(), bytes: stdout, stderr: stderr.toString() };
}

/** At a terminal, with somebody who answers each question; all that is seen there comes back. */
async function atTerminal(
  args: readonly string[],
  ...dialogue: readonly (readonly [question: string, answer: string])[]
) {
  const command = [process.execPath, program, "vault", ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn(terminal, ["-qec", command, "/dev/null"], settings());
  const open = [...dialogue];
  let seen = "";
  let unanswered = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    seen += text;
    unanswered += text;
    const [question, answer] = open[0] ?? [];
    if (question === undefined || !unanswered.includes(question)) return;
    open.shift();
    unanswered = "";
    child.stdin.write(`${answer}\r`);
  });
  const [status] = (await once(child, "close")) as [number];
  return { status, seen };
}

const ansible = async (command: string) => (await host.shell(`ansible-vault ${command}`)).stdout;

test("in place and back: mode and owner stay, plain is never wider than its owner, a link stays a link", () => {
  put("secrets.yml", `it: ${SECRET}\n`, 0o644);
  // Only root may give a file away.
  const isRoot = process.getuid?.() === 0;
  const [uid, gid] = isRoot ? [12_345, 23_456] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  chownSync(at("secrets.yml"), uid, gid);
  symlinkSync("secrets.yml", at("link.yml"));
  expect(vault(["encrypt", "--vault-password-file", "pw", "link.yml"])).toMatchObject({ status: 0, stdout: "" });
  expect(get("secrets.yml")).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/);
  expect(statSync(at("secrets.yml"))).toMatchObject({ uid, gid });
  expect(modeOf("secrets.yml")).toBe("644");
  expect(vault(["decrypt", "--vault-password-file", "pw", "link.yml"])).toMatchObject({ status: 0, stdout: "" });
  expect(get("secrets.yml")).toBe(`it: ${SECRET}\n`);
  expect(statSync(at("secrets.yml"))).toMatchObject({ uid, gid });
  expect(modeOf("secrets.yml")).toBe("600");
  expect(readlinkSync(at("link.yml"))).toBe("secrets.yml");
});

test("from standard input to standard output, any bytes", async () => {
  const plain = Buffer.from([0, 255, 10, 13, 128, 10]);
  const encrypted = vault(["encrypt", "--vault-id", "dev@pw"], { input: plain });
  expect(encrypted.stdout).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;dev\n/);
  expect(vault(["decrypt", "--vault-id", "dev@pw"], { input: encrypted.bytes }).bytes.equals(plain)).toBe(true);
  expect(vault(["decrypt", "--vault-id", "dev@pw", "-o", "out"], { input: encrypted.bytes }).status).toBe(0);
  expect(readFileSync(at("out")).equals(plain)).toBe(true);
  expect(modeOf("out")).toBe("600");
  await host.writeFile("ours", encrypted.bytes);
  await host.writeFile("plain", plain);
  await host.shell("ansible-vault decrypt --vault-id dev@pw ours && cmp ours plain");
});

test("what either rekeyed, the other reads", async () => {
  put("secrets.yml", `it: ${SECRET}\n`);
  vault(["encrypt", "--vault-password-file", "pw", "secrets.yml"]);
  await host.writeFile("s.yml", get("secrets.yml"));
  await ansible("rekey --vault-password-file pw --new-vault-id dev@pw2 s.yml");
  put("secrets.yml", await host.readFile("s.yml"));
  expect(vault(["view", "--vault-id", "dev@pw2", "secrets.yml"]).stdout).toBe(`it: ${SECRET}\n`);
  expect(vault(["rekey", "--vault-id", "dev@pw2", "--new-vault-id", "qa@pw", "secrets.yml"]).status).toBe(0);
  expect(get("secrets.yml")).toMatch(/;qa\n/);
  await host.writeFile("s.yml", get("secrets.yml"));
  expect(await ansible("view --vault-id qa@pw s.yml")).toBe(`it: ${SECRET}\n`);
});

test("single values are made, viewed and rekeyed, and Ansible uses them", async () => {
  const value = (name: string, text: string, ...key: string[]) =>
    vault(["encrypt-string", "--name", name, ...key], { input: text }).stdout;
  const keys = ["--vault-id", "dev@pw", "--vault-id", "qa@pw2"];
  put(
    "vars.yml",
    `plain: 1 # stays\n${value("one", SECRET, "--vault-id", "dev@pw")}${value("two", "a\nb\n", "--vault-id", "qa@pw2")}last: [x]\n`,
  );
  expect(vault(["view", ...keys, "vars.yml"]).stdout).toBe(
    `plain: 1 # stays\none: "${SECRET}"\ntwo: |\n          a\n          b\nlast: [x]\n`,
  );
  expect(vault(["rekey", ...keys, "--new-vault-id", "new@pw2", "vars.yml"]).status).toBe(0);
  await host.writeFile("vars.yml", get("vars.yml"));
  const { stdout } = await host.shell(
    "ansible localhost -e @vars.yml --vault-id new@pw2 -m debug -a 'msg={{ [plain, one, two, last] | to_json | b64encode }}'",
  );
  const [, used = ""] = /"msg": "(.*)"/.exec(stdout) ?? [];
  expect(JSON.parse(Buffer.from(used, "base64").toString())).toEqual([1, SECRET, "a\nb\n", ["x"]]);
});

test("with age: a key of one's own, a project's recipients, and the age program", async () => {
  const recipient = vault(["keygen"]).stdout.trim();
  expect(modeOf(".config/evenkeel/age.txt")).toBe("600");
  expect(vault(["keygen"])).toMatchObject({ status: 2, stdout: "" });
  const theirs = (await host.shell("age-keygen -o k 2>/dev/null; age-keygen -y k")).stdout.trim();
  put("age-recipients.txt", `${recipient} # me\n${theirs}  # them\n`);
  put("secrets.yml", `it: ${SECRET}\n`);
  expect(vault(["encrypt", "secrets.yml"]).stderr).toContain("for 2 recipients");
  await host.writeFile("s.age", get("secrets.yml"));
  expect((await host.shell("age -d -i k s.age")).stdout).toBe(`it: ${SECRET}\n`);
  put("theirs.age", (await host.shell(`printf ${SECRET} | age -a -r ${recipient}`)).stdout);
  expect(vault(["view", "theirs.age"]).stdout).toBe(SECRET);
  // They leave: what is rekeyed now is not for them.
  put("age-recipients.txt", `${recipient}\n`);
  expect(vault(["rekey", "secrets.yml"]).status).toBe(0);
  await host.writeFile("s.age", get("secrets.yml"));
  expect((await host.shell("age -d -i k s.age", { check: false })).code).toBe(1);
  expect(vault(["view", "secrets.yml"]).stdout).toBe(`it: ${SECRET}\n`);
});

test("from Ansible Vault to age, values too, with one command", () => {
  vault(["keygen"]);
  put("all.yml", vault(["encrypt-string", "-n", "it", "--vault-password-file", "pw"], { input: SECRET }).stdout);
  put("whole.yml", vault(["encrypt", "--vault-password-file", "pw"], { input: "a: 1\n" }).stdout);
  const { stdout: recipient } = spawnSync("sed", ["-n", "s/# public key: //p", at(".config/evenkeel/age.txt")], {
    encoding: "utf8",
  });
  const moved = vault(["rekey", "--vault-password-file", "pw", "-r", recipient.trim(), "all.yml", "whole.yml"]);
  expect(moved.status).toBe(0);
  expect(vault(["view", "all.yml", "whole.yml"]).stdout).toBe(`it: "${SECRET}"\na: 1\n`);
});

test("one mistake among several files, and none of them is changed", () => {
  for (const name of ["a", "b", "c"]) put(name, name === "b" ? "$ANSIBLE_VAULT;1.1;AES256\n00\n" : name);
  const { status, stderr } = vault(["encrypt", "--vault-password-file", "pw", "a", "b", "c", "d"]);
  expect(status).toBe(2);
  expect(stderr).toContain("cannot read d");
  const second = vault(["encrypt", "--vault-password-file", "pw", "a", "b", "c"]);
  expect(second).toMatchObject({ status: 2, stderr: expect.stringMatching(/^b: this is encrypted already/) });
  expect([get("a"), get("c")]).toEqual(["a", "c"]);
});

/** An editor that notes what it is given, and then does something. */
const editor = (then: string) => ({
  EDITOR: put(
    "editor",
    `#!/bin/sh\nstat -c '%a' "$1" "$(dirname "$1")" > ${at("noted")}\ncat "$1" > ${at("given")}\necho "$1" >> ${at("noted")}\n${then}\n`,
    0o700,
  ),
});

test("edit: a private copy, the same key again, and nothing left", () => {
  put("secrets.yml", vault(["encrypt", "--vault-id", "dev@pw"], { input: `it: ${SECRET}\n` }).stdout, 0o640);
  const before = statSync(at("secrets.yml")).ino;
  const same = vault(["edit", "--vault-id", "dev@pw", "secrets.yml"], { env: editor("cp $1 $1~") });
  expect(same).toMatchObject({ status: 0, stderr: expect.stringContaining("nothing was changed") });
  expect(statSync(at("secrets.yml")).ino).toBe(before);
  const [file, parent, path] = get("noted").split("\n");
  expect([file, parent]).toEqual(["600", "700"]);
  expect(path).toMatch(/\/run\/evenkeel-\w+\/secrets\.yml$/);
  expect(get("given")).toBe(`it: ${SECRET}\n`);
  const edited = vault(["edit", "--vault-id", "dev@pw", "secrets.yml"], { env: editor('echo "more: 1" >> "$1"') });
  expect(edited.status).toBe(0);
  expect(get("secrets.yml")).toMatch(/;dev\n/);
  expect(modeOf("secrets.yml")).toBe("640");
  expect(vault(["view", "--vault-id", "dev@pw", "secrets.yml"]).stdout).toBe(`it: ${SECRET}\nmore: 1\n`);
  expect(readdirSync(at("run"))).toEqual([]);
});

test("edit: what goes wrong leaves the file as it was, and no copy", () => {
  const text = vault(["encrypt", "--vault-password-file", "pw"], { input: SECRET }).stdout;
  put("secrets.yml", text);
  const edit = (then: string) => vault(["edit", "--vault-password-file", "pw", "secrets.yml"], { env: editor(then) });
  expect(edit("echo more >> $1; exit 1")).toMatchObject({ status: 2, stderr: expect.stringContaining("vault/editor") });
  expect(edit("rm $1").status).not.toBe(0);
  expect(get("secrets.yml")).toBe(text);
  const meanwhile = edit(`echo more >> $1; echo other > ${at("secrets.yml")}`);
  expect(meanwhile).toMatchObject({ status: 2, stderr: expect.stringContaining("changed by somebody else") });
  expect(get("secrets.yml")).toBe("other\n");
  const [, kept = ""] = /what you wrote is in (\S+), encrypted/.exec(meanwhile.stderr) ?? [];
  expect(vault(["view", "--vault-password-file", "pw", kept]).stdout).toBe(`${SECRET}more\n`);
  rmSync(kept);
  expect(readdirSync(at("run"))).toEqual([]);
});

test("edit: one that is not there is made, but not by looking in", () => {
  const edit = (then: string) => vault(["edit", "--vault-password-file", "pw", "new.yml"], { env: editor(then) });
  expect(edit(":").status).toBe(0);
  expect(existsSync(at("new.yml"))).toBe(false);
  expect(edit("echo made > $1").status).toBe(0);
  expect(modeOf("new.yml")).toBe("600");
  expect(vault(["view", "--vault-password-file", "pw", "new.yml"]).stdout).toBe("made\n");
});

test("edit: whoever ends it takes the copy with it", async () => {
  put("secrets.yml", vault(["encrypt", "--vault-password-file", "pw"], { input: SECRET }).stdout);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    const env = editor("sleep 30");
    const child = spawn(process.execPath, [program, "vault", "edit", "--vault-password-file", "pw", "secrets.yml"], {
      ...settings(env),
      stdio: "ignore",
      detached: true,
    });
    await expect.poll(() => existsSync(at("given")) && get("given"), { timeout: 20_000 }).toBe(SECRET);
    expect(readdirSync(at("run"))).toHaveLength(1);
    child.kill(signal);
    const [, ended] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    expect(ended).toBe(signal);
    expect(readdirSync(at("run"))).toEqual([]);
    process.kill(-(child.pid as number), "SIGKILL");
    rmSync(at("given"));
  }
});

test("passwords are asked for at the terminal, twice when they are new, and never shown", async () => {
  put("secrets.yml", `it: ${SECRET}\n`);
  const made = await atTerminal(
    ["encrypt", "--ask-vault-pass", "secrets.yml"],
    ["New vault password: ", "correct horse"],
    ["The same again: ", "correct horse"],
  );
  expect(made.status).toBe(0);
  const viewed = await atTerminal(["view", "secrets.yml"], ["Vault password: ", "correct horse"]);
  expect(viewed.seen).toContain(`it: ${SECRET}`);
  expect(made.seen + viewed.seen).not.toContain("horse");
  const differing = await atTerminal(
    ["encrypt", "--vault-id", "dev@prompt", "pw2"],
    ["New vault password (dev): ", "one"],
    ["The same again: ", "two"],
  );
  expect(differing.status).toBe(2);
  expect(differing.seen).toContain("the two were not the same");
  expect(get("pw2")).toBe("battery");
});

test("a value is asked for as well, and the command line does not take one", async () => {
  const asked = await atTerminal(
    ["encrypt-string", "-n", "it", "--vault-password-file", "pw"],
    ["Value to encrypt: ", SECRET],
    ["The same again: ", SECRET],
  );
  expect(asked.status).toBe(0);
  expect(asked.seen).not.toContain(SECRET);
  put("vars.yml", `it: !vault |${asked.seen.split("it: !vault |")[1]?.replaceAll("\r", "")}`);
  expect(vault(["view", "--vault-password-file", "pw", "vars.yml"]).stdout).toContain(`it: "${SECRET}"`);
  const said = vault(["encrypt-string", SECRET, "--vault-password-file", "pw"]);
  expect(said).toMatchObject({ status: 2, stdout: "" });
  expect(said.stderr).not.toContain(SECRET);
});

test("Ctrl-C at a prompt ends it as Ctrl-C does", async () => {
  put("secrets.yml", vault(["encrypt", "--vault-password-file", "pw"], { input: SECRET }).stdout);
  const { status, seen } = await atTerminal(["view", "secrets.yml"], ["Vault password: ", "\x03"]);
  expect(status).toBe(130);
  expect(seen).not.toContain(SECRET);
});

test("without a terminal nobody is waited for", () => {
  put("secrets.yml", vault(["encrypt", "--vault-password-file", "pw"], { input: SECRET }).stdout);
  expect(vault(["view", "secrets.yml"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("[vault/no-password]"),
  });
  expect(vault(["encrypt", "--ask-vault-pass", "pw2"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("[vault/no-terminal]"),
  });
  expect(vault(["encrypt", "pw2"])).toMatchObject({ status: 2, stderr: expect.stringContaining("[vault/no-key]") });
});

test("no secret is in any process's arguments or environment while it is worked with", async () => {
  const seen: string[] = [];
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid))) {
      for (const what of ["cmdline", "environ"]) {
        try {
          const text = readFileSync(`/proc/${pid}/${what}`, "latin1");
          if (text.includes(SECRET)) seen.push(text);
        } catch {
          // It has ended, which processes do.
        }
      }
    }
  };
  const run = async (args: readonly string[], input: string, env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, [program, "vault", ...args], { ...settings(env), detached: true });
    child.stdin.end(input);
    const timer = setInterval(look, 5);
    const [status] = await once(child, "close");
    clearInterval(timer);
    expect(status).toBe(0);
  };
  put("secret.pw", `${SECRET}-password`);
  put("new.pw", `${SECRET}-new`);
  put("it", SECRET);
  await run(["encrypt", "--vault-password-file", "secret.pw", "it"], "");
  await run(["edit", "--vault-password-file", "secret.pw", "it"], "", editor("echo more >> $1; sleep 0.2"));
  await run(["rekey", "--vault-password-file", "secret.pw", "--new-vault-password-file", "new.pw", "it"], "");
  await run(["encrypt-string", "--vault-password-file", "new.pw"], SECRET);
  expect(seen).toEqual([]);
});

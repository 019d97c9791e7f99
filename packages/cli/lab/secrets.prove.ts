import { randomBytes } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The whole stack with secrets out of a vault, while everybody who could see one looks all the time. */
const playbooks = join(import.meta.dirname, "../../../playbooks");
const canary = (what: string) => `canary-${what}-${randomBytes(6).toString("hex")}`;
const secrets = {
  database_password: canary("database"),
  /** In a file of its own, and given to a command by its input. */
  token: canary("token"),
  /** Given to a command by its environment, as the playbook says. */
  environment_token: canary("environment"),
  /** A line of it alone tells as well. */
  key: `-----BEGIN KEY-----\n${canary("key")}\n-----END KEY-----\n`,
};
const canaries = [...JSON.stringify(secrets).matchAll(/canary-\w+-\w+/g)].map(([found]) => found);
const folder = mkdtempSync(join(tmpdir(), "evenkeel-secrets-"));
const at = (name: string) => join(folder, name);
/** Where the command keeps what it keeps. */
const kept = ["temporary", "state", "cache"].map(at);
let lab: Lab;
let web: Host;

const more = `
- import_playbook: ${join(playbooks, "simple-web-stack/site.yml")}
- hosts: all
  become: true
  gather_facts: false
  tasks:
    - name: a file of its own
      copy: { dest: /etc/stack-token, content: "{{ token }}\\n", mode: "0600" }
    - name: a file out of a template
      copy: { dest: /etc/stack-key, content: "{{ key }}", mode: "0400", owner: www-data }
    - name: by its input
      command: { cmd: sh -c 'cat >/dev/null; sleep 0.2', stdin: "{{ token }}" }
    - name: by its environment
      shell: sleep 0.2; test -n "$TOKEN"
      environment: { TOKEN: "{{ environment_token }}" }
    - name: it is spoken of
      debug: { msg: "{{ token }} {{ key }} {{ database_password | b64encode }}" }
    - name: a command says it
      command: cat /etc/stack-token /etc/stack-key
      register: said
    - name: and fails
      shell: echo $TOKEN >&2; exit 3
      environment: { TOKEN: "{{ environment_token }}" }
      ignore_errors: true
`;

beforeAll(async () => {
  for (const each of kept) mkdirSync(each);
  writeFileSync(at("more.yml"), more);
  writeFileSync(at("password"), "correct horse\n", { mode: 0o600 });
  writeFileSync(at("secrets.yml"), JSON.stringify(secrets));
  const encrypted = await watched(["vault", "encrypt", at("secrets.yml"), "--vault-password-file", at("password")]);
  expect(encrypted.status, encrypted.output).toBe(0);
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.shell("systemctl is-system-running --wait");
}, 180_000);
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

/** What was seen of a secret on this machine, in the command's processes and in its files. */
const seenHere = new Set<string>();

async function watched(words: readonly string[]): Promise<Ended> {
  const [temporary = "", state = "", cache = ""] = kept;
  const running = evenkeel(words, {
    environment: { TMPDIR: temporary, XDG_STATE_HOME: state, XDG_CACHE_HOME: cache },
  });
  let isOver = false;
  void running.then(() => (isOver = true));
  while (!isOver) {
    await lookAt(running.pid);
    for (const each of kept) await lookBelow(each);
    await sleep(20);
  }
  return running;
}

async function lookAt(pid: number): Promise<void> {
  const read = (path: string) => readFile(`/proc/${pid}/${path}`, "utf8").catch(() => "");
  for (const what of ["cmdline", "environ"]) note(`${what} of ${pid}`, await read(what));
  for (const child of (await read(`task/${pid}/children`)).split(" ").filter(Boolean)) await lookAt(Number(child));
}

async function lookBelow(top: string): Promise<void> {
  for (const name of await readdir(top, { recursive: true })) {
    note(join(top, name), await readFile(join(top, name), "latin1").catch(() => ""));
  }
}

function note(where: string, text: string): void {
  for (const each of canaries) if (text.includes(each)) seenHere.add(`${where}: ${each}`);
}

/** One command, as it is typed, with the vault's variables. */
function run(command: "plan" | "apply", playbook: string, ...words: readonly string[]): Promise<Ended> {
  return watched([
    ...[command, playbook, "-i", lab.inventoryFile, ...words, ...(command === "apply" ? ["--yes"] : [])],
    ...["-e", `@${at("secrets.yml")}`, "--vault-password-file", at("password"), "-e", `address=${web.address}`],
  ]);
}

const outputs: string[] = [];

async function runs(status: number, ...words: Parameters<typeof run>): Promise<string> {
  const ended = await run(...words);
  expect(ended.status, ended.output.slice(-3000)).toBe(status);
  outputs.push(ended.output);
  return ended.output;
}

/** What is seen of secrets on the host while this is done. */
async function seenWhile(work: () => Promise<unknown>): Promise<readonly string[]> {
  await web.writeFile("/run/look.pl", readFileSync(join(import.meta.dirname, "look-for-secrets.pl")));
  await web.shell("rm -f /run/stop-looking");
  const looking = web.run(["perl", "/run/look.pl", "/run/stop-looking"], {
    stdin: `${canaries.join("\n")}\n`,
    timeoutSeconds: 900,
  });
  try {
    await work();
  } finally {
    await web.shell("touch /run/stop-looking");
    await looking;
  }
  const [rounds, ...found] = (await looking).stdout.trim().split("\n");
  console.log(`looked ${rounds} times: ${found.join("; ")}`);
  expect(Number(rounds)).toBeGreaterThan(100);
  return found;
}

test("it would be seen", async () => {
  const [one, other] = canaries;
  const found = await seenWhile(() => web.shell(`TOKEN=${other} sh -c 'sleep 1; :' sh ${one}`));
  expect(found).toContain(`cmdline ${one} of 0: ${one}`);
  expect(found).toContain(`environ TOKEN of 0: ${other}`);
});

test("plan, apply, a new release, a broken one, and back: no process shows a secret", async () => {
  const asked = /^environ (TOKEN|EVENKEEL_RUN) of 0: canary-environment-/;
  expect((await seenWhile(everything)).filter((each) => !asked.test(each))).toEqual([]);
});

async function everything(): Promise<void> {
  await runs(0, "plan", at("more.yml"), "-vvv");
  await runs(0, "plan", at("more.yml"), "--json", "--out", join(kept[1] ?? "", "saved-plan"));
  await runs(0, "apply", at("more.yml"), "-vvv");
  await runs(0, "apply", at("more.yml"), "--json");
  const source = at("application");
  cpSync(join(playbooks, "../examples/foobar-app"), source, {
    recursive: true,
    filter: (path) => !/\/(node|node_modules|lab|tests|\.reports|__pycache__)$/.test(path),
  });
  const deploy = join(playbooks, "zero-downtime-deploy/site.yml");
  appendFileSync(join(source, "static/site.css"), "\n.x { color: red }\n");
  await runs(0, "apply", deploy, "-vvv", "-e", `source=${source}`);
  // It tells its log what it should not: that is its own affair, but what we show of the log is ours.
  const wsgi = join(source, "foobar/wsgi.py");
  const good = readFileSync(wsgi, "utf8");
  writeFileSync(
    wsgi,
    'import os\nraise RuntimeError("password " + open(os.environ["DATABASE_PASSWORD_FILE"]).read())\n',
  );
  for (const form of ["-vvv", "--json"]) {
    const said = await runs(1, "apply", deploy, form, "-e", `source=${source}`);
    expect(said).toContain("app/unhealthy");
    expect(said).toContain("password ***");
  }
  writeFileSync(wsgi, good);
  await runs(0, "apply", join(playbooks, "rollback/site.yml"), "-vvv");
}

test("no output shows one, however much was asked for", () => {
  for (const each of outputs) for (const one of canaries) expect(each).not.toContain(one);
  for (const each of outputs.filter((one) => one.includes("it is spoken of"))) expect(each).toContain("***");
});

test("nothing of it is on this machine, neither afterwards nor for a moment", async () => {
  for (const each of kept) await lookBelow(each);
  expect([...seenHere]).toEqual([]);
});

test("on the host it is in its own files, and in nothing else", async () => {
  // What the broken release told the journal is its own doing.
  const { stdout } = await web.shell(
    `cat >/run/canaries; journalctl -q -o export | grep -aFf /run/canaries | grep -av '^MESSAGE=.*password canary-database' | head -n 5
     systemctl show '*' | grep -aFf /run/canaries | head -n 5
     { find / -xdev '(' -path /proc -o -path /sys -o -path /usr -o -path '/var/log/journal' ')' -prune -o -type f -size -512M -print
       find /run /dev/shm -type f -not -path '/run/log/journal/*' -not -path /run/canaries; } | sort -u | tr '\\n' '\\0' |
       xargs -0 grep -laFf /run/canaries 2>/dev/null | xargs -r stat -c '%a %U %n'`,
    { stdin: `${canaries.join("\n")}\n`, timeoutSeconds: 300 },
  );
  const lines = stdout.trim().split("\n");
  const expected = [
    /^600 root \/etc\/stack-token$/,
    /^400 www-data \/etc\/stack-key$/,
    /^600 root \/srv\/foobar\/secrets\/[^/]+\/DATABASE_PASSWORD$/,
    // What a command has printed by itself: kept for whoever goes on with a run that was cut.
    /^600 root \/var\/lib\/evenkeel\/jobs\/[^/]+\/(out|err)$/,
    /^4[04]0 (root|foobar) \/run\/credentials\/foobar@[^/]+\.service\/DATABASE_PASSWORD$/,
  ];
  expect(lines.filter((line) => !expected.some((each) => each.test(line)))).toEqual([]);
  expect((await web.shell("stat -c '%a %U' /var/lib/evenkeel")).stdout).toBe("700 root\n");
  for (const each of expected.slice(0, 3))
    expect(
      lines.some((line) => each.test(line)),
      String(each),
    ).toBe(true);
});

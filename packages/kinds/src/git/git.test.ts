import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observed, RunStep } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { git } from "./git.ts";
import type { GitDesire } from "./git-desire.ts";
import type { GitSource } from "./git-source.ts";
import type { GitState } from "./git-state.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "evenkeel-git-")));
const upstream = join(folder, "up'stream");
const pristine = join(folder, "pristine");
const dest = join(folder, "a checkout");
const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", HOME: folder };
const sh = (script: string, cwd = folder) => execFileSync("sh", ["-c", script], { cwd, env, encoding: "utf8" });
const identity = "-c user.name=a -c user.email=a@b -c commit.gpgsign=false";
const commit = (name: string) =>
  sh(`echo ${name} >${name} && git add . && git ${identity} commit -qm ${name} && git rev-parse HEAD`, upstream).trim();

let first = "";
let second = "";

beforeAll(() => {
  mkdirSync(upstream);
  sh("git init -q -b main", upstream);
  first = commit("one");
  sh(`git ${identity} tag -am v1 v1`, upstream);
  second = commit("two");
  sh("git branch other v1^{}", upstream);
  cpSync(upstream, pristine, { recursive: true });
});
beforeEach(() => {
  for (const each of [upstream, dest, join(folder, "bare")]) rmSync(each, { recursive: true, force: true });
  cpSync(pristine, upstream, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function source(more: Partial<GitSource> = {}): GitSource {
  return {
    ...{ repo: `file://${upstream}`, version: "HEAD", remote: "origin", isBare: false, updates: true },
    ...{ submodules: "pinned", tool: "git", sshOptions: "-o BatchMode=yes" },
    ...more,
  };
}

function ask(wanted: GitSource, at = dest): Observed<GitState> {
  const output = Buffer.from(sh(git.read([at], wanted)));
  const state = git.parse(output, [at], wanted).get(at) as GitState;
  return { kind: "git", key: at, via: wanted, state };
}

/** Brings it there, looks whether it is as planned, and resolves to what was said before and after. */
function ensure(more: Partial<GitSource> = {}, desire: Partial<GitDesire> = {}, at = dest) {
  const wanted = source(more);
  const before = ask(wanted, at);
  const full = { source: wanted, clones: true, isForced: false, isSingleBranch: false, ...desire };
  const changes = git.ensure(before, full);
  for (const change of changes) {
    for (const step of change.steps as RunStep[])
      execFileSync(step.argv[0] ?? "", step.argv.slice(1), { cwd: folder, env, stdio: "pipe" });
    const found = ask(wanted, at);
    expect(git.isAsPlanned(found.state as GitState, change.after), JSON.stringify([found, change.after])).toBe(true);
    expect(git.ensure(found, full)).toEqual([]);
  }
  return {
    before,
    changes,
    undo: () =>
      changes
        .flatMap(({ undo }) => undo as RunStep[])
        .forEach((step) => void execFileSync("sh", step.argv.slice(1), { cwd: folder, env, stdio: "pipe" })),
  };
}

const head = () => sh("git rev-parse HEAD", dest).trim();
const branch = () => sh("git symbolic-ref -q --short HEAD || true", dest).trim();

describe("a checkout that is not there", () => {
  test.each([
    ["HEAD", { version: "HEAD" }, () => second, "main"],
    ["a branch", { version: "other" }, () => first, "other"],
    ["a tag", { version: "v1" }, () => first, ""],
  ] as const)("is cloned at %s, and looking at it again finds nothing to do", (_name, more, sha, name) => {
    const { changes } = ensure(more);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.after.commit).toBe(sha());
    expect([head(), branch()]).toEqual([sha(), name]);
  });

  test("is cloned at a commit", () => {
    expect(ensure({ version: first }).changes).toHaveLength(1);
    expect([head(), branch()]).toEqual([first, ""]);
    expect(
      git.ensure(ask(source({ version: first.slice(0, 8) })), {
        ...bare,
        source: source({ version: first.slice(0, 8) }),
      }),
    ).toEqual([]);
  });

  test("goes away again", () => {
    const { undo } = ensure();
    undo();
    expect(existsSync(dest)).toBe(false);
    mkdirSync(dest);
    ensure().undo();
    expect(sh("ls -A", dest)).toBe("");
  });

  test("has only so much history, of one branch", () => {
    ensure({}, { depth: 1, isSingleBranch: true });
    expect(sh("git rev-list --count HEAD; git branch -r", dest)).toBe(
      "1\n  origin/HEAD -> origin/main\n  origin/main\n",
    );
    commit("three");
    ensure({}, { depth: 1 });
    ensure({ version: "other" }, { depth: 1 });
    expect([head(), branch()]).toEqual([first, "other"]);
  });

  test("may be bare, and all of it is kept up to date", () => {
    ensure({ isBare: true }, {}, join(folder, "bare"));
    sh("git checkout -q other", upstream);
    const third = commit("three");
    const { changes } = ensure({ isBare: true }, {}, join(folder, "bare"));
    expect(changes).toHaveLength(1);
    expect(sh("git rev-parse other", join(folder, "bare")).trim()).toBe(third);
  });

  test("may have its repository elsewhere, and may be moved there later", () => {
    const elsewhere = join(folder, "bare");
    ensure();
    ensure({}, { separateFolder: elsewhere });
    expect(readFileSync(join(dest, ".git"), "utf8")).toBe(`gitdir: ${elsewhere}`);
    expect(head()).toBe(second);
  });
});

const bare = { source: source(), clones: true, isForced: false, isSingleBranch: false };

describe("a checkout that is there", () => {
  test("follows its branch, and goes back", () => {
    ensure();
    const third = commit("three");
    const { changes, undo } = ensure();
    expect(changes[0]).toMatchObject({ before: { commit: second }, after: { commit: third, branch: "main" } });
    expect(head()).toBe(third);
    undo();
    expect([head(), branch()]).toEqual([second, "main"]);
  });

  test("comes to exactly the commit that was planned", () => {
    ensure();
    const third = commit("three");
    const before = ask(source());
    const [change] = git.ensure(before, bare);
    commit("four");
    for (const step of (change?.steps ?? []) as RunStep[])
      execFileSync("sh", step.argv.slice(1), { cwd: folder, env, stdio: "pipe" });
    expect(head()).toBe(third);
  });

  test("goes to a tag and to a branch it has not had, and back", () => {
    ensure();
    const { undo } = ensure({ version: "v1" });
    expect([head(), branch()]).toEqual([first, ""]);
    undo();
    expect([head(), branch()]).toEqual([second, "main"]);
    ensure({ version: "other" });
    expect(branch()).toBe("other");
  });

  test("changed by hand it is left alone, or put right by force", () => {
    ensure();
    writeFileSync(join(dest, "new"), "untracked");
    expect(ensure().changes).toEqual([]);
    appendFileSync(join(dest, "one"), "by hand\n");
    expect(() => ensure()).toThrow(expect.objectContaining({ code: "git/modified" }));
    expect(ensure({}, { isForced: true }).changes).toHaveLength(1);
    expect(readFileSync(join(dest, "one"), "utf8")).toBe("one\n");
  });

  test("gets another repository's address", () => {
    ensure();
    sh(`git clone -q "file://${upstream}" moved`);
    const { changes } = ensure({ repo: `file://${join(folder, "moved")}` });
    expect(changes[0]).toMatchObject({
      before: { commit: second },
      after: { commit: second, url: `file://${join(folder, "moved")}` },
    });
    rmSync(join(folder, "moved"), { recursive: true });
  });

  test("is the same with a slash more", () => {
    ensure();
    expect(ensure({ repo: `file://${upstream}//` }).changes).toEqual([]);
  });

  test("is not looked at more closely than is asked for", () => {
    ensure();
    commit("three");
    expect(ensure({ updates: false }).changes).toEqual([]);
  });

  test("takes what a refspec brings", () => {
    ensure();
    sh(`git update-ref refs/pull/7/head other`, upstream);
    ensure({ version: "7", refspec: "+refs/pull/*/head:refs/heads/*" });
    expect([head(), branch()]).toEqual([first, "7"]);
  });

  test("has its submodules", () => {
    const part = join(folder, "part");
    sh(`git init -q -b main "${part}" && git -C "${part}" ${identity} commit -q --allow-empty -m p`);
    sh(
      `git -c protocol.file.allow=always submodule --quiet add "file://${part}" sub && git ${identity} commit -qm sub`,
      upstream,
    );
    sh("git config --file .gitconfig protocol.file.allow always");
    const allow = env as Record<string, string>;
    allow.GIT_CONFIG_GLOBAL = join(folder, ".gitconfig");
    ensure();
    expect(sh("git -C sub log --format=%s", dest)).toBe("p\n");
    sh(`git -C "${part}" ${identity} commit -q --allow-empty -m q`);
    expect(ensure().changes).toEqual([]);
    expect(ensure({ submodules: "tracked" }).changes).toHaveLength(1);
    expect(sh("git -C sub log -1 --format=%s", dest)).toBe("q\n");
    allow.GIT_CONFIG_GLOBAL = "/dev/null";
    rmSync(part, { recursive: true });
  });
});

describe("asking writes nothing", () => {
  test("not even the index", () => {
    ensure();
    sh("touch -d 2001-01-01 one", dest);
    const look = () =>
      sh("find . -type f -exec ls -l --time-style=full-iso {} + | sort; find . -type f | sort | xargs sha256sum", dest);
    const before = look();
    ask(source());
    expect(look()).toBe(before);
  });
});

const gone = { state: "missing" } as const;
test.each([
  ["no git", { ...gone, isToolMissing: true }, {}, [undefined]],
  ["unsettled", unsettled("an earlier task"), {}, [undefined]],
  ["not to be cloned", gone, { clones: false }, []],
])("%s", (_name, state, desire, commits) => {
  const actual = { kind: "git", key: "/srv/app", state };
  expect(git.ensure(actual, { ...bare, ...desire }).map(({ after }) => after.commit)).toEqual(commits);
});

test.each([
  ["git/in-the-way", { state: "other" }],
  ["git/version", { state: "missing" }],
  ["git/unanswered", { state: "checkout", commit: "1".repeat(40), problem: "Host key verification failed." }],
] as const)("%s", (code, state) => {
  const actual = { kind: "git", key: "/srv/app", state };
  const wanted = { ...bare, source: source({ version: "nope" }) };
  expect(() => git.ensure(actual, wanted)).toThrow(expect.objectContaining({ code }));
});

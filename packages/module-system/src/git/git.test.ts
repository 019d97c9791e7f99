import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { GitState } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import { git } from "./git.ts";

const [old, fresh] = ["1".repeat(40), "2".repeat(40)];
const repo = "https://git.example/app.git";
const usual = {
  ...{
    repo,
    dest: "/srv/app",
    version: "HEAD",
    remote: "origin",
    clone: true,
    update: true,
    force: false,
    bare: false,
  },
  ...{ single_branch: false, recursive: true, track_submodules: false, verify_commit: false, gpg_allowlist: [] },
  ...{ accept_hostkey: false, accept_newhostkey: false },
};
const offer = { commit: fresh, sort: "branch", branch: "main" } as const;
const checkout: GitState = {
  state: "checkout",
  commit: fresh,
  branch: "main",
  url: repo,
  folder: "/srv/app/.git",
  offer,
};

const at = (state: Observed<GitState>["state"]): Observed<GitState> => ({ kind: "git", key: "/srv/app", state });
const plan = (state: Observed<GitState>["state"], more: object = {}) =>
  git.plan({ current: at(state), archive: [] }, { ...usual, ...more });

describe("the plan", () => {
  test.each([
    { name: "absent", state: { state: "missing", offer }, more: {}, changes: [`ensure ${fresh}`] },
    { name: "absent, not to be cloned", state: { state: "missing", offer }, more: { clone: false }, changes: [] },
    { name: "converged", state: checkout, more: {}, changes: [] },
    { name: "behind", state: { ...checkout, commit: old }, more: {}, changes: [`ensure ${fresh}`] },
    { name: "behind, and left so", state: { ...checkout, commit: old }, more: { update: false }, changes: [] },
    { name: "another repository's", state: { ...checkout, url: "x" }, more: {}, changes: [`ensure ${fresh}`] },
    { name: "on another branch", state: { ...checkout, branch: "dev" }, more: {}, changes: [`ensure ${fresh}`] },
    {
      name: "drifted, by force",
      state: { ...checkout, isModified: true },
      more: { force: true },
      changes: [`ensure ${fresh}`],
    },
    {
      name: "submodules stale",
      state: { ...checkout, hasStaleSubmodules: true },
      more: {},
      changes: [`ensure ${fresh}`],
    },
    { name: "unsettled", state: unsettled("an earlier task"), more: {}, changes: ["ensure undefined"] },
    { name: "no git yet", state: { state: "missing", isToolMissing: true }, more: {}, changes: ["ensure undefined"] },
    { name: "to be verified", state: checkout, more: { verify_commit: true }, changes: [`check ${fresh}`] },
  ] as const)("$name", ({ state, more, changes }) => {
    expect(plan(state, more).map(({ action, after }) => `${action} ${(after as GitState).commit}`)).toEqual(changes);
  });

  test("changed by hand, it is left alone, and that is a failure", () => {
    const current = at({ ...checkout, isModified: true });
    const answers = { current, archive: [] };
    const changes = git.plan(answers, usual);
    expect(changes).toEqual([]);
    expect(git.result?.({ before: answers, after: answers, changes, outputs: [] }, usual)).toEqual({
      ...{ failed: true, before: fresh },
      msg: "Local modifications exist in the destination: /srv/app (force=no).",
    });
  });

  test.each([
    ["missing", checkout, ["file /srv/app.tgz"]],
    ["fresh", checkout, []],
    ["fresh", { ...checkout, commit: old }, ["git /srv/app", "file /srv/app.tgz"]],
    ["missing", { state: "missing", offer }, ["git /srv/app", "file /srv/app.tgz"]],
  ] as const)("an archive that is %s", (archive, state, expected) => {
    const answers = {
      current: at({ ...state, archive }),
      archive: [{ kind: "file", key: "/srv/app.tgz", state: { type: "absent" } as const }],
    };
    expect(git.plan(answers, { ...usual, archive: "/srv/app.tgz" }).map(({ kind, key }) => `${kind} ${key}`)).toEqual(
      expected,
    );
  });

  test.each([
    { dest: undefined },
    { bare: true, separate_git_dir: "/x" },
    { accept_hostkey: true, accept_newhostkey: true },
    { archive_prefix: "x/" },
  ])("%j is refused", (more) => {
    const params = { ...usual, ...more } as typeof usual;
    expect(() => git.observe(params)).toThrow(expect.objectContaining({ code: "git/words" }));
  });
});

test.each([
  [{}, "-o BatchMode=yes"],
  [{ key_file: "/root/a key" }, "-o BatchMode=yes -i '/root/a key' -o IdentitiesOnly=yes"],
  [{ accept_newhostkey: true, ssh_opts: "-p 22" }, "-p 22 -o StrictHostKeyChecking=accept-new -o BatchMode=yes"],
  [{ accept_hostkey: true, ssh_opts: "-o StrictHostKeyChecking=no" }, "-o StrictHostKeyChecking=no -o BatchMode=yes"],
])("ssh is told for %j: %s", (more, sshOptions) => {
  expect(git.observe({ ...usual, ...more }).current.via).toMatchObject({ sshOptions });
});

test("a path is a URL, so that it can be cloned in part", () => {
  expect(git.observe({ ...usual, repo: "/srv/r" }).current.via).toMatchObject({ repo: "file:///srv/r" });
});

describe("the result", () => {
  const result = (before: GitState, after: GitState, more: object = {}) => {
    const params = { ...usual, ...more };
    const changes = git.plan({ current: at(before), archive: [] }, params);
    return git.result?.(
      {
        before: { current: at(before), archive: [] },
        after: { current: at(after), archive: [] },
        changes,
        outputs: [],
      },
      params,
    );
  };
  const missing: GitState = { state: "missing", offer };
  test.each([
    ["cloned", missing, checkout, {}, { before: null, after: fresh }],
    ["not cloned", missing, missing, { clone: false }, { changed: true, before: null, after: fresh }],
    ["updated", { ...checkout, commit: old }, checkout, {}, { before: old, after: fresh, remote_url_changed: false }],
    ["as it was", checkout, checkout, {}, { before: fresh, after: fresh, remote_url_changed: false }],
    ["left alone", checkout, checkout, { update: false }, { before: fresh, after: fresh }],
    ["another's", { ...checkout, url: "x" }, checkout, {}, { before: fresh, after: fresh, remote_url_changed: true }],
    [
      "moved",
      checkout,
      { ...checkout, folder: "/srv/r" },
      { separate_git_dir: "/srv/r" },
      {
        before: fresh,
        after: fresh,
        remote_url_changed: false,
        git_dir_before: "/srv/app/.git",
        git_dir_now: "/srv/r",
      },
    ],
    [
      "put right",
      { ...checkout, isModified: true },
      checkout,
      { force: true },
      {
        before: fresh,
        after: fresh,
        remote_url_changed: false,
        msg: "Local modifications exist in the destination: /srv/app",
      },
    ],
  ] as const)("%s", (_name, before, after, more, expected) => expect(result(before, after, more)).toEqual(expected));
});

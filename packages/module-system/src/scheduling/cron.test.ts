import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { CrontabState } from "@evenkeel/kinds";
import { expect, test } from "vitest";
import { cron } from "./cron.ts";
import { jobNames, putJob, putVariable, removeJob, removeVariable, variableNames } from "./cron-text.ts";

const plain = {
  name: "backup",
  state: "present",
  minute: "0",
  hour: "2",
  day: "*",
  month: "*",
  weekday: "*",
  disabled: false,
  env: false,
  backup: false,
} as const;
const job = { ...plain, job: "/usr/local/bin/backup" } as const;
const text = "#Ansible: backup\n0 2 * * * /usr/local/bin/backup\n";
const at = (state: Observed<CrontabState>["state"]) => ({
  files: [],
  folders: [],
  tables: [{ kind: "crontab", key: "-", state }],
});

test.each([
  { name: "absent", state: { state: "absent" }, params: {}, after: text },
  { name: "present", state: { state: "present", text }, params: {}, after: undefined },
  { name: "drifted", state: { state: "present", text: text.replace("0 2", "0 3") }, params: {}, after: text },
  { name: "unsettled", state: unsettled("the user comes"), params: {}, after: text },
  {
    name: "disabled",
    state: { state: "present", text },
    params: { disabled: true },
    after: "#Ansible: backup\n#0 2 * * * /usr/local/bin/backup\n",
  },
  {
    name: "a special time",
    state: { state: "absent" },
    params: { special_time: "daily", minute: "*", hour: "*" },
    after: "#Ansible: backup\n@daily /usr/local/bin/backup\n",
  },
  {
    name: "to be absent",
    state: { state: "present", text: `${text}# mine\n` },
    params: { state: "absent" },
    after: "# mine\n",
  },
  {
    name: "a variable",
    state: { state: "present", text },
    params: { env: true, name: "PATH", job: "/bin" },
    after: `PATH="/bin"\n${text}`,
  },
] as const)("a table: $name", ({ state, params, after }) => {
  const [change] = cron.plan(at(state), { ...job, ...params } as never);
  expect((change?.after as { readonly text?: string } | undefined)?.text).toBe(after);
});

test.each([
  { name: "already there", before: text, after: text },
  { name: "after the others", before: "MAILTO=x\n1 * * * * other\n", after: `MAILTO=x\n1 * * * * other\n${text}` },
  {
    name: "written by hand, it gets a name",
    before: "0 2 * * * /usr/local/bin/backup\n# end\n",
    after: `${text}# end\n`,
  },
  { name: "a name without its job at the end", before: "#Ansible: backup\n", after: text },
])("a job: $name", ({ before, after }) => {
  expect(putJob(before, "backup", "0 2 * * * /usr/local/bin/backup")).toBe(after);
});

test("names and variables", () => {
  expect(removeJob(`${text}x\n`, "backup")).toBe("x\n");
  expect(removeJob("x", "backup")).toBe("x");
  expect(putVariable('A="1"\nB="2"\n', "B", "3", {})).toBe('A="1"\nB="3"\n');
  expect(putVariable('A="1"\nB="2"\n', "C", "3", { after: "A" })).toBe('A="1"\nC="3"\nB="2"\n');
  expect(putVariable('A="1"\n', "C", "3", { before: "A" })).toBe('C="3"\nA="1"\n');
  expect(() => putVariable("", "C", "3", { after: "A" })).toThrow(expect.objectContaining({ code: "cron/variable" }));
  expect(removeVariable('A="1"\nB="2"\n', "A")).toBe('B="2"\n');
  expect([jobNames(text), variableNames('A="1"\n# B=2\n')]).toEqual([["backup"], ["A"]]);
});

test("a file of its own says as whom the job runs", () => {
  const answers = {
    files: ["current", "followed", "long"].map(() => ({
      kind: "file",
      key: "/etc/cron.d/shop",
      state: { type: "absent" } as const,
    })),
    folders: [],
    tables: [],
  };
  const [change] = cron.plan(answers, { ...job, cron_file: "shop", user: "deploy" });
  expect(change?.after).toMatchObject({ text: "#Ansible: backup\n0 2 * * * deploy /usr/local/bin/backup\n" });
  expect(cron.plan(answers, { ...job, cron_file: "shop", state: "absent" })).toEqual([]);
});

test.each([
  { name: "no job", params: { job: undefined } },
  { name: "a file without a user", params: { cron_file: "x" } },
  { name: "two sorts of times", params: { special_time: "daily" } },
  { name: "two lines", params: { job: "a\nb" } },
  { name: "the system's own table", params: { cron_file: "/etc/crontab", user: "x" } },
])("$name makes no sense", ({ params }) => {
  expect(() => cron.observe({ ...job, ...params } as never)).toThrow(
    expect.objectContaining({ code: "module/params" }),
  );
});

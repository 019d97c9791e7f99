import type { Observed } from "@evenkeel/core";
import { defineModule, isUnsettled, Secret } from "@evenkeel/core";
import type { CrontabState, FileState } from "@evenkeel/kinds";
import { crontab, file, lookInto } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";
import { editedFile, editFile, textOf } from "../files/edit-file.ts";
import { backupField } from "../files/file-result.ts";
import { CronParams } from "./cron-params.ts";
import { jobNames, putJob, putVariable, removeJob, removeVariable, variableNames } from "./cron-text.ts";

type Params = Static<typeof CronParams>;

export const cron = defineModule({
  name: "cron",
  summary: "A job or a variable in a table of cron's.",
  params: CronParams,
  observe(params) {
    demandCronSense(params);
    const path = filePath(params);
    return {
      files: path === undefined ? [] : [lookInto(path).current, lookInto(path).followed, lookInto(path).long],
      folders: path === undefined ? [] : lookInto(path).folders,
      tables: path === undefined ? [crontab(params.user ?? "-")] : [],
    };
  },
  plan({ tables: [table], ...asked }, params) {
    if (table) return crontab.ensure(table, { text: edit(tableText(table), params) });
    const answers = fileIn(asked);
    if (!answers) return [];
    const target = editedFile(answers, {});
    const text = textOf(target, answers, { create: true });
    const isLeftEmpty = typeof text === "string" && text.trim() !== "" && edit(text, params).trim() === "";
    if (params.state === "absent" && isLeftEmpty) return file.ensure(target, { type: "absent" });
    if (params.state === "absent" && !isUnsettled(target.state) && target.state.type === "absent") return [];
    return editFile(answers, { create: true, backup: params.backup }, (before) => edit(before, params));
  },
  result(
    {
      after: {
        tables: [table],
        ...asked
      },
      changes,
      outputs,
    },
    params,
  ) {
    const plain = table ? tableText(table) : fileText(asked);
    return {
      ...{ jobs: jobNames(plain), envs: variableNames(plain) },
      ...(params.cron_file !== undefined && { cron_file: params.cron_file }),
      ...backupField(changes, outputs),
    };
  },
  returns: Type.Object({
    jobs: Type.Array(Type.String(), { description: "the names of the jobs in the table" }),
    envs: Type.Array(Type.String(), { description: "the names of the variables in the table" }),
    cron_file: Type.Optional(Type.String({ description: "the file" })),
    backup_file: Type.Optional(Type.String({ description: "what was there before" })),
  }),
});

function filePath({ cron_file }: Params): string | undefined {
  return cron_file === undefined || cron_file.startsWith("/") ? cron_file : `/etc/cron.d/${cron_file}`;
}

interface FileAnswers {
  readonly files: readonly Observed<FileState>[];
  readonly folders: readonly Observed<FileState>[];
}

function fileIn({ files: [current, followed, long], folders }: FileAnswers) {
  return current && followed && long && { current, followed, long, folders };
}

/** What the file says; nothing where that is not known yet. */
function fileText(asked: FileAnswers): string {
  const answers = fileIn(asked);
  const text = answers && textOf(editedFile(answers, {}), answers, { create: true });
  return text instanceof Secret ? text.reveal() : typeof text === "string" ? text : "";
}

function tableText({ state }: Observed<CrontabState>): string {
  return isUnsettled(state) || state.state === "absent" ? "" : state.text;
}

function edit(text: string, params: Params): string {
  const { name, state, env, job = "", insertafter, insertbefore } = params;
  if (env)
    return state === "absent"
      ? removeVariable(text, name)
      : putVariable(text, name, job, { after: insertafter, before: insertbefore });
  return state === "absent" ? removeJob(text, name) : putJob(text, name, jobLine(params));
}

function jobLine(params: Params): string {
  const { minute, hour, day, month, weekday, special_time, user, job = "", disabled, cron_file } = params;
  const when = special_time === undefined ? `${minute} ${hour} ${day} ${month} ${weekday}` : `@${special_time}`;
  const who = cron_file === undefined ? "" : ` ${user}`;
  return `${disabled ? "#" : ""}${when}${who} ${job.replace(/^[\r\n]+|[\r\n]+$/g, "")}`;
}

function demandCronSense(params: Params): void {
  const {
    name,
    state,
    env,
    job,
    cron_file,
    user,
    special_time,
    insertafter,
    insertbefore,
    minute,
    hour,
    day,
    month,
    weekday,
  } = params;
  const isPresent = state === "present";
  const isPlaced = insertafter !== undefined || insertbefore !== undefined;
  demandSense(`cron ${name}`, {
    "`job` is needed with state: present": isPresent && job === undefined,
    "`user` is needed with a `cron_file`": isPresent && !env && cron_file !== undefined && user === undefined,
    "`special_time` stands instead of the other times":
      special_time !== undefined && [minute, hour, day, month, weekday].some((each) => each !== "*"),
    "`insertafter` and `insertbefore` are for `env: true`": isPlaced && !env,
    "`insertafter` and `insertbefore` exclude each other": insertafter !== undefined && insertbefore !== undefined,
    "a variable's name has no blanks": env && /\s/.test(name),
    "a job is one line": job !== undefined && /[\r\n]/.test(job.trim()),
    "a name is one line": /[\r\n]/.test(name),
    "/etc/crontab is the system's": cron_file === "/etc/crontab",
  });
}

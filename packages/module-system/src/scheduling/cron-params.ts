import { Type } from "typebox";

const When = (description: string, aliases?: readonly string[]) =>
  Type.String({ default: "*", description, ...(aliases && { aliases }) });

export const CronParams = Type.Object(
  {
    name: Type.String({ description: "what the job is called, by which it is found again; with env, the variable" }),
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "whether it is to be there",
    }),
    job: Type.Optional(Type.String({ description: "the command; with env, the value", aliases: ["value"] })),
    user: Type.Optional(Type.String({ description: "whose table it is; with cron_file, as whom the job runs" })),
    cron_file: Type.Optional(Type.String({ description: "a file of its own in /etc/cron.d, or an absolute path" })),
    minute: When("0-59, `*`, `*/5` …"),
    hour: When("0-23, `*`, `*/2` …"),
    day: When("day of the month", ["dom"]),
    month: When("1-12"),
    weekday: When("0-6, 0 is Sunday", ["dow"]),
    special_time: Type.Optional(
      Type.Enum(["annually", "daily", "hourly", "monthly", "reboot", "weekly", "yearly"], {
        type: "string",
        description: "instead of the times",
      }),
    ),
    disabled: Type.Boolean({ default: false, description: "the job is there, behind a comment sign" }),
    env: Type.Boolean({ default: false, description: "a variable, not a job" }),
    insertafter: Type.Optional(Type.String({ description: "a new variable comes after this one" })),
    insertbefore: Type.Optional(Type.String({ description: "a new variable comes before this one" })),
    backup: Type.Boolean({
      default: false,
      description: "keep what was in the file beside it; a user's table comes back by undo",
    }),
  },
  { additionalProperties: false },
);

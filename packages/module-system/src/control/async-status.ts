import type { Observed } from "@evenkeel/core";
import { defineModule, isUnsettled } from "@evenkeel/core";
import type { JobState } from "@evenkeel/kinds";
import { job } from "@evenkeel/kinds";
import { Type } from "typebox";
import { outputReturns, streams } from "../commands/run-result.ts";

export const asyncStatus = defineModule({
  name: "async_status",
  summary: "What has become of a task that was left to run.",
  params: Type.Object(
    {
      jid: Type.String({ description: "its id, which it registered as ansible_job_id" }),
      mode: Type.Enum(["status", "cleanup"], {
        default: "status",
        description: "cleanup throws its record away",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ jid }) => ({ current: job(jid) }),
  plan: ({ current }, { mode }) => (mode === "cleanup" ? job.ensure(current, { state: "absent" }) : []),
  result({ before }, { jid, mode }) {
    if (mode === "cleanup") {
      const nothing = { started: false, finished: false, ...streams("", "") };
      return { changed: false, ansible_job_id: jid, erased: jid, ...nothing };
    }
    return { changed: false, ansible_job_id: jid, started: true, ...fields(before.current) };
  },
  returns: Type.Object({
    ansible_job_id: Type.String({ description: "its id" }),
    started: Type.Boolean({ description: "whether it has begun" }),
    finished: Type.Boolean({ description: "whether it has ended" }),
    erased: Type.Optional(Type.String({ description: "the record that was thrown away" })),
    ...outputReturns,
  }),
});

function fields({ state: said }: Observed<JobState>): Readonly<Record<string, unknown>> {
  if (isUnsettled(said) || said.state === "running") return { finished: false, ...streams("", "") };
  if (said.state === "absent") return { finished: true, failed: true, msg: "could not find job", ...streams("", "") };
  const { code, stdout, stderr } = said;
  const trimmed = streams(stdout.replace(/[\r\n]+$/, ""), stderr.replace(/[\r\n]+$/, ""));
  if (code === undefined) {
    return {
      finished: true,
      failed: true,
      msg: "nobody knows how it ended: the host was rebooted under it",
      ...trimmed,
    };
  }
  return {
    ...{ changed: true, finished: true, rc: code, ...trimmed },
    ...(code !== 0 && { failed: true, msg: "non-zero return code" }),
  };
}

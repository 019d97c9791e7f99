import { defineModule } from "@evenkeel/core";
import { command as commandKind, notYetRun } from "@evenkeel/kinds";
import { Type } from "typebox";
import { effectsOf } from "./effects.ts";
import { plannableParams } from "./run-params.ts";
import { outputReturns, shortResult } from "./run-result.ts";
import { lookWhether, whyNot } from "./whether.ts";

export const raw = defineModule({
  name: "raw",
  summary: "A line for a shell. Ansible has it for hosts without Python; here it is `shell` with fewer words.",
  freeForm: "cmd",
  params: Type.Object(
    {
      cmd: Type.String({ description: "what the shell is to do" }),
      executable: Type.Optional(Type.String({ description: "another shell than /bin/sh" })),
      ...plannableParams,
    },
    { additionalProperties: false },
  ),
  observe: (params) => lookWhether(params.cmd, params),
  plan(answers, params) {
    if (whyNot(answers, params) !== undefined) return [];
    const { cmd: line, executable } = params;
    return commandKind.ensure(answers.own[0] ?? notYetRun(line), {
      command: { line, ...(executable !== undefined && { shell: executable }) },
      ...effectsOf(params),
    });
  },
  result: (made, params) => shortResult(made, params),
  returns: Type.Object(outputReturns),
});

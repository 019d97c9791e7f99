import { defineModule } from "@evenkeel/core";
import { command as commandKind, notYetRun } from "@evenkeel/kinds";
import { Type } from "typebox";
import { effectsOf } from "./effects.ts";
import { inputOf } from "./input.ts";
import { formerParams, inputParams, outputParams, plannableParams, whetherParams } from "./run-params.ts";
import { notRun, runResult, runReturns } from "./run-result.ts";
import { lacksFolder, lookWhether, whyNot } from "./whether.ts";

export const shell = defineModule({
  name: "shell",
  summary: "A line, or a whole script, given to a shell.",
  freeForm: "cmd",
  params: Type.Object(
    {
      cmd: Type.String({ description: "what the shell is to do" }),
      ...whetherParams,
      ...plannableParams,
      ...inputParams,
      ...outputParams,
      ...formerParams,
      executable: Type.Optional(Type.String({ description: "another shell than /bin/sh" })),
    },
    { additionalProperties: false },
  ),
  observe: (params) => lookWhether(params.cmd, params),
  plan(answers, params) {
    if (lacksFolder(answers) || whyNot(answers, params) !== undefined) return [];
    const { cmd: line, chdir, executable } = params;
    return commandKind.ensure(answers.own[0] ?? notYetRun(line), {
      command: { line, ...(executable !== undefined && { shell: executable }) },
      ...(chdir !== undefined && { directory: chdir }),
      ...inputOf(params),
      ...effectsOf(params),
    });
  },
  result({ before, changes, outputs }, params) {
    if (changes.length === 0) return notRun(params.cmd, before, params);
    return runResult(params.cmd, outputs[0], params.strip_empty_ends);
  },
  returns: runReturns,
});

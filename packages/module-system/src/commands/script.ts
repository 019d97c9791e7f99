import type { LocalFile } from "@evenkeel/core";
import { defineModule, StepError } from "@evenkeel/core";
import { command as commandKind, notYetRun } from "@evenkeel/kinds";
import { Type } from "typebox";
import { effectsOf } from "./effects.ts";
import { plannableParams, whetherParams } from "./run-params.ts";
import { outputReturns, shortResult } from "./run-result.ts";
import { lookWhether, whyNot } from "./whether.ts";

/** A script of the controller's, and the text that comes after its name. */
interface ScriptLine {
  readonly file: LocalFile;
  readonly words: string;
}

export const script = defineModule({
  name: "script",
  summary: "A script of ours, run on the host, where nothing of it stays.",
  freeForm: "cmd",
  params: Type.Object(
    {
      cmd: Type.Unsafe<ScriptLine>({
        ...{ type: "string", local: "command" },
        description: "a file of ours, looked for in files/, and its arguments",
      }),
      ...whetherParams,
      ...plannableParams,
      executable: Type.Optional(Type.String({ description: "what is to run it, if not what its first line says" })),
      decrypt: Type.Boolean({ default: true, description: "what a vault has encrypted is decrypted first" }),
    },
    { additionalProperties: false },
  ),
  observe: (params) => lookWhether(lineOf(params.cmd), params),
  plan(answers, params) {
    const { cmd, chdir, executable } = params;
    demandAbsolute(chdir);
    if (whyNot(answers, params) !== undefined) return [];
    return commandKind.ensure(answers.own[0] ?? notYetRun(lineOf(cmd)), {
      command: { script: cmd.file, words: cmd.words, ...(executable !== undefined && { interpreter: executable }) },
      ...(chdir !== undefined && { directory: chdir }),
      ...effectsOf(params),
    });
  },
  result: (made, params) => shortResult(made, params),
  returns: Type.Object(outputReturns),
});

function lineOf({ file, words }: ScriptLine): string {
  return `${file.localFile.slice(file.localFile.lastIndexOf("/") + 1)} ${words}`.trim();
}

function demandAbsolute(chdir: string | undefined): void {
  if (chdir === undefined || chdir.startsWith("/")) return;
  throw new StepError({
    code: "script/chdir",
    message: `chdir ${JSON.stringify(chdir)} must be an absolute path`,
    hint: "a script's folder begins with `/`, as in Ansible",
  });
}

import { defineModule, InputError } from "@evenkeel/core";
import { command as commandKind, notYetRun } from "@evenkeel/kinds";
import { Type } from "typebox";
import { splitWords } from "../files/split-words.ts";
import { effectsOf } from "./effects.ts";
import { inputOf } from "./input.ts";
import { formerParams, inputParams, outputParams, plannableParams, whetherParams } from "./run-params.ts";
import { notRun, runResult, runReturns } from "./run-result.ts";
import { lacksFolder, lookWhether, whyNot } from "./whether.ts";

export const command = defineModule({
  name: "command",
  summary: "A program with its arguments, run without a shell.",
  freeForm: "cmd",
  params: Type.Object(
    {
      cmd: Type.Optional(
        Type.String({ description: "the program and its arguments in one line, quoted as for a shell" }),
      ),
      argv: Type.Optional(Type.Array(Type.String(), { description: "the same as a list" })),
      ...whetherParams,
      ...plannableParams,
      ...inputParams,
      ...outputParams,
      ...formerParams,
      expand_argument_vars: Type.Boolean({
        default: true,
        description: "`~`, `$NAME` and `${NAME}` stand for what they are on the host",
      }),
      executable: Type.Optional(Type.String({ description: "without effect, as in Ansible: `shell` has it" })),
    },
    { additionalProperties: false },
  ),
  observe: (params) => lookWhether(lineOf(params), params),
  plan(answers, params) {
    if (lacksFolder(answers) || whyNot(answers, params) !== undefined) return [];
    const { chdir, expand_argument_vars: expandsVariables } = params;
    return commandKind.ensure(answers.own[0] ?? notYetRun(lineOf(params)), {
      command: { argv: wordsOf(params), expandsVariables },
      ...(chdir !== undefined && { directory: chdir }),
      ...inputOf(params),
      ...effectsOf(params),
    });
  },
  result({ before, changes, outputs }, params) {
    if (changes.length === 0) return notRun(wordsOf(params), before, params);
    return runResult(wordsOf(params), outputs[0], params.strip_empty_ends);
  },
  returns: runReturns,
});

interface Words {
  readonly cmd?: string;
  readonly argv?: readonly string[];
}

function wordsOf({ cmd, argv }: Words): readonly string[] {
  const words = argv ?? splitWords(cmd ?? "");
  if (words.length > 0 && (cmd === undefined || argv === undefined)) return words;
  throw new InputError({
    code: "command/what",
    message: words.length > 0 ? "a command has either a line or `argv`" : "no command given",
    hint: "command: PROGRAM ARGUMENT…",
  });
}

/** As people read it. */
function lineOf({ cmd, argv = [] }: Words): string {
  return cmd ?? argv.map((word) => (/^[^\s'"]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
}

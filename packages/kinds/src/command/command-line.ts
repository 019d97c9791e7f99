import type { LocalFile, RunStep, Secret } from "@evenkeel/core";
import { quoteAll, readWords } from "@evenkeel/core";
import { expandedWord, isLiteral } from "./expanded-word.ts";

/** Something to run: a program with its arguments, a line for a shell, or a script of the controller's with its arguments. */
export type CommandLine =
  | { readonly argv: readonly string[]; readonly expandsVariables?: boolean }
  | { readonly line: string; readonly shell?: string }
  | { readonly script: LocalFile; readonly words: string; readonly interpreter?: string };

/** How it is run; where nothing is said, in the user's home. */
export interface Running {
  readonly command: CommandLine;
  readonly directory?: string;
  readonly stdin?: string | Secret;
}

/** The one step that runs it. Whatever its status, that is for the module to judge. */
export function runStep({ command, directory, stdin }: Running): RunStep {
  if ("script" in command) return scriptStep(command, directory);
  const words = "argv" in command ? command.argv : [command.shell ?? "/bin/sh", "-c", command.line];
  const expands = "argv" in command && command.expandsVariables === true && !words.every(isLiteral);
  const isPlain = !expands && (directory === undefined || isLiteral(directory));
  const change = directory === undefined || isPlain ? "" : `cd -- ${expandedWord(directory)} && `;
  const text = `${change}exec ${expands ? words.map(expandedWord).join(" ") : quoteAll(words)}`;
  return {
    do: "run",
    argv: isPlain ? words : ["/bin/sh", "-c", text],
    ...(isPlain && directory !== undefined && { directory }),
    ...(stdin !== undefined && { stdin }),
    accept: "any",
  };
}

/** The script travels on stdin into a folder that only its user can enter, and leaves nothing behind. */
function scriptStep(
  { script, words, interpreter = "" }: Extract<CommandLine, { script: unknown }>,
  directory: string | undefined,
): RunStep {
  const name = script.localFile.slice(script.localFile.lastIndexOf("/") + 1);
  const change = directory === undefined ? "" : `cd -- ${expandedWord(directory)} && `;
  const line = `${change}${interpreter} "$0" ${words}`.trim();
  const words_ = readWords(new URL("./run-script.sh", import.meta.url));
  return { do: "run", argv: ["/bin/sh", "-c", words_, "evenkeel-script", name, line], stdin: script, accept: "any" };
}

import { errorFacts, reportError } from "../../report-error.ts";
import { openProject } from "../project/open-project.ts";
import type { PlaybookOptions } from "../project/options.ts";

/** Reads playbooks with all that belongs to them, and tells what is wrong. */
export async function checkPlaybooks(playbooks: readonly string[], options: PlaybookOptions): Promise<void> {
  const { mistakes, program, redactor } = await openProject(playbooks, options);
  if (options.json) {
    for (const mistake of mistakes)
      process.stdout.write(`${redactor.clean(JSON.stringify({ type: "mistake", ...errorFacts(mistake) }))}\n`);
    process.stdout.write(`${JSON.stringify({ type: "summary", mistakes: mistakes.length })}\n`);
  } else if (mistakes.length === 0) {
    const plays = program.plays.length === 1 ? "one play" : `${program.plays.length} plays`;
    process.stdout.write(`${playbooks.join(", ")}: ${plays}, no mistake found\n`);
  } else {
    process.stderr.write(redactor.clean(mistakes.map(reportError).join("\n")));
    process.stderr.write(`\n${mistakes.length === 1 ? "one mistake" : `${mistakes.length} mistakes`}\n`);
  }
  if (mistakes.length > 0) process.exitCode = 2;
}

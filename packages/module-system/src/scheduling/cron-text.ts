import { StepError } from "@evenkeel/core";
import { textOfLines, wholeLines } from "../files/text/whole-lines.ts";

const MARK = "#Ansible: ";

/** A table with a job under a name, or without it. Lines that nobody named stay as they are. */
export function putJob(text: string, name: string, job: string): string {
  const lines = wholeLines(text);
  const at = lines.indexOf(`${MARK}${name}`);
  if (at >= 0) return textOfLines([...lines.slice(0, at + 1), job, ...lines.slice(at + 2)]);
  // The very job without a name, as somebody wrote it by hand, gets one.
  const same = lines.findIndex((line, index) => line === job && !lines[index - 1]?.startsWith(MARK));
  if (same >= 0) return textOfLines([...lines.slice(0, same), `${MARK}${name}`, ...lines.slice(same)]);
  return textOfLines([...lines, `${MARK}${name}`, job]);
}

export function removeJob(text: string, name: string): string {
  const lines = wholeLines(text);
  const at = lines.indexOf(`${MARK}${name}`);
  return at < 0 ? text : textOfLines([...lines.slice(0, at), ...lines.slice(at + 2)]);
}

export interface VariablePlace {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** A table with a variable, at its beginning unless said otherwise. */
export function putVariable(text: string, name: string, value: string, { after, before }: VariablePlace): string {
  const lines = wholeLines(text);
  const line = `${name}="${value}"`;
  const at = variableAt(lines, name);
  if (at >= 0) return textOfLines(lines.with(at, line));
  const beside = after ?? before;
  if (beside === undefined) return textOfLines([line, ...lines]);
  const other = variableAt(lines, beside);
  if (other < 0) {
    throw new StepError({
      code: "cron/variable",
      message: `the table has no variable ${beside}`,
      hint: "name one that is in it, or leave insertafter and insertbefore out",
    });
  }
  return textOfLines(lines.toSpliced(after === undefined ? other : other + 1, 0, line));
}

export function removeVariable(text: string, name: string): string {
  const lines = wholeLines(text);
  const at = variableAt(lines, name);
  return at < 0 ? text : textOfLines(lines.toSpliced(at, 1));
}

export function jobNames(text: string): string[] {
  return wholeLines(text)
    .filter((line) => line.startsWith(MARK))
    .map((line) => line.slice(MARK.length));
}

export function variableNames(text: string): string[] {
  return wholeLines(text)
    .filter((line) => /^\S+=/.test(line))
    .map((line) => line.slice(0, line.indexOf("=")));
}

function variableAt(lines: readonly string[], name: string): number {
  return lines.findIndex((line) => line.startsWith(`${name}=`));
}

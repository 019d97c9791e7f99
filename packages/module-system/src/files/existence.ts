import type { Observed, Query } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { FileState, GlobState } from "@evenkeel/kinds";
import { file, glob, hasMagic, isLiteral } from "@evenkeel/kinds";
import { cleanPath } from "./clean-path.ts";

type Existence = FileState | GlobState;

/** Asks whether anything is there under a path or pattern; one that is not absolute is looked for in the given folder. */
export function lookFor(path: string | undefined, folder?: string): readonly Query<Existence>[] {
  if (path === undefined || path === "") return [];
  const whole = path.startsWith("/") || !isLiteral(path) || folder === undefined ? path : `${folder}/${path}`;
  const isPath = whole.startsWith("/") && isLiteral(whole) && !hasMagic(whole);
  return [isPath ? file(cleanPath(whole), "bare") : glob(whole)];
}

/** Whether it is there; nothing when that cannot be known yet, or was not asked. */
export function isThere([answer]: readonly Observed<Existence>[]): boolean | undefined {
  if (answer === undefined || isUnsettled(answer.state)) return undefined;
  return "exists" in answer.state ? answer.state.exists : answer.state.type !== "absent";
}

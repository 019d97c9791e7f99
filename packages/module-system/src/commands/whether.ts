import type { Observed, Query } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { CommandState, FileState, GlobState } from "@evenkeel/kinds";
import { command } from "@evenkeel/kinds";
import { isThere, lookFor } from "./existence.ts";

interface WhetherParams {
  readonly creates?: string;
  readonly removes?: string;
  readonly chdir?: string;
  readonly unless?: string;
}

/** Asks whether a command need not run. */
export function lookWhether(key: string, { creates, removes, chdir, unless }: WhetherParams) {
  const via = unless === undefined ? undefined : { unless, ...(chdir !== undefined && { directory: chdir }) };
  const own: readonly Query<CommandState>[] = via === undefined ? [] : [command(key, via)];
  return { creates: lookFor(creates, chdir), removes: lookFor(removes, chdir), own };
}

export interface WhetherAnswers {
  readonly creates: readonly Observed<FileState | GlobState>[];
  readonly removes: readonly Observed<FileState | GlobState>[];
  readonly own: readonly Observed<CommandState>[];
}

/** Why a command need not run, completing "not run, since …"; nothing when it must. */
export function whyNot({ creates, removes, own: [own] }: WhetherAnswers, params: WhetherParams): string | undefined {
  if (isThere(creates)) return `${params.creates} exists`;
  if (isThere(removes) === false) return `${params.removes} does not exist`;
  if (own !== undefined && !isUnsettled(own.state) && own.state.isDone) return "`unless` says that it is done";
  return undefined;
}

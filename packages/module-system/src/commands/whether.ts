import type { Observed, Query } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { CommandState, FileState, GlobState } from "@evenkeel/kinds";
import { command } from "@evenkeel/kinds";
import { isThere, lookFor } from "../files/existence.ts";

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
  const paths = { creates: lookFor(creates, chdir), removes: lookFor(removes, chdir), folder: lookFor(chdir) };
  return { ...paths, own };
}

type Existence = readonly Observed<FileState | GlobState>[];

export interface WhetherAnswers {
  readonly creates: Existence;
  readonly removes: Existence;
  readonly folder: Existence;
  readonly own: readonly Observed<CommandState>[];
}

/** The folder that it is to run in is not there, as far as can be known. */
export function lacksFolder({ folder }: Pick<WhetherAnswers, "folder">): boolean {
  return isThere(folder) === false && folder[0]?.doubt === undefined;
}

/** Why a command need not run, in the two ways in which Ansible says it. */
export interface Reason {
  readonly stdout: string;
  readonly msg: string;
}

/** Nothing when it must run. */
export function whyNot({ creates, removes, own: [own] }: WhetherAnswers, params: WhetherParams): Reason | undefined {
  if (isThere(creates)) return reason(params.creates, "exists");
  if (isThere(removes) === false) return reason(params.removes, "does not exist");
  if (own === undefined || isUnsettled(own.state) || !own.state.isDone) return undefined;
  const done = "`unless` says that it is done";
  return { stdout: `skipped, since ${done}`, msg: `Did not run command since ${done}` };
}

function reason(path: string | undefined, is: string): Reason {
  return { stdout: `skipped, since ${path} ${is}`, msg: `Did not run command since '${path}' ${is}` };
}

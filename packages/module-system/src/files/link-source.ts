import type { Observed } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { followed } from "@evenkeel/kinds";
import { cleanPath } from "./clean-path.ts";

interface LinkParams {
  readonly path: string;
  readonly src?: string;
  readonly state?: string;
}

/** The path that a link leads to, seen from the folder that it is in. */
export function sourceOfLink({ path, src }: LinkParams): string | undefined {
  if (src === undefined || src === "") return undefined;
  if (/^[/~]/.test(src)) return cleanPath(src);
  return cleanPath(resolved(`${cleanPath(path).replace(/\/[^/]*$/, "")}/${src}`));
}

/** Without `..`, as far as that goes without asking. */
function resolved(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 1) parts.pop();
    else if (part !== "..") parts.push(part);
  }
  return parts.join("/");
}

export interface SourceAnswers {
  readonly source: Observed<FileState>;
  readonly sourceFollowed: Observed<FileState>;
}

/** What a link leads to, at last; it must be there unless nobody minds. */
export function linkedFile({ source, sourceFollowed }: SourceAnswers, isForced: boolean): Observed<FileState> {
  const target = followed({ current: source, followed: sourceFollowed, folders: [] });
  const isDangling = !isUnsettled(target.state) && (target.state.type === "absent" || target.state.type === "link");
  if (!isDangling || isForced) return target;
  throw new StepError({
    code: "file/no-source",
    message: `${source.key} is not there, and a link to it is wanted`,
    hint: "make it before, or make the link all the same with force: true",
  });
}

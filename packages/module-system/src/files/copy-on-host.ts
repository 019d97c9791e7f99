import { isUnsettled, StepError, unsettled } from "@evenkeel/core";
import type { FileContent, Looked } from "@evenkeel/kinds";
import { followed } from "@evenkeel/kinds";

/** The content of another file of the host, and its mode. */
export function contentOnHost(source: Looked): { readonly content: FileContent; readonly mode?: string | undefined } {
  const { key, state } = followed(source);
  if (isUnsettled(state)) return { content: state };
  if (state.type === "absent") throw refuse("absent", `${key} is not there to be copied`);
  const { sha256, size, text, mode, path = key } = state;
  // An earlier change writes it, and what that will be is not known yet.
  if (sha256 === undefined && "sha256" in state) return { content: unsettled(`${key} is written before`), mode };
  if (sha256 === undefined) throw refuse("unreadable", `${key} cannot be read`);
  return { content: { hostFile: path, sha256, size, text }, mode };
}

function refuse(what: string, message: string): StepError {
  return new StepError({
    code: `copy/source-${what}`,
    message,
    hint: "`src` is a file on the host, since remote_src is set",
  });
}

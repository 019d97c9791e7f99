import { isUnsettled, StepError } from "@evenkeel/core";
import type { FileContent, Looked } from "@evenkeel/kinds";
import { followed } from "@evenkeel/kinds";

/** The content of another file of the host, and its mode. */
export function contentOnHost(source: Looked): { readonly content: FileContent; readonly mode?: string | undefined } {
  const { key, state } = followed(source);
  if (isUnsettled(state)) return { content: state };
  if (state.type === "absent") throw refuse("absent", `${key} is not there to be copied`);
  if (state.type === "directory")
    throw refuse("folder", `${key} is a folder: folders are copied from here, or with a command`);
  const { sha256, size, text, mode, path = key } = state;
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

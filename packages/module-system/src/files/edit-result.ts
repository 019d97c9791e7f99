import type { Answers, Change, StepOutput } from "@evenkeel/core";
import { isUnsettled, Secret } from "@evenkeel/core";
import type { FileState, lookInto } from "@evenkeel/kinds";
import { editedFile, textOf } from "./edit-file.ts";
import { backupField } from "./file-result.ts";

type FileAnswers = Answers<ReturnType<typeof lookInto>>;

interface EditMade {
  readonly before: FileAnswers;
  readonly changes: readonly Change[];
  readonly outputs: readonly StepOutput[];
}

/** What there was before, to be told about; nothing where it is not known. */
export function textBefore(answers: FileAnswers, follow = true): string | undefined {
  const target = editedFile(answers, { follow });
  if (!isUnsettled(target.state) && target.state.type !== "absent" && target.state.type !== "file") return undefined;
  const text = textOf(target, answers, { create: true });
  if (isUnsettled(text)) return undefined;
  return text instanceof Secret ? text.reveal() : text;
}

/** Ansible's words on what was done to a file: first to its text, then to its attributes. */
export function editFields(
  { before, changes, outputs }: EditMade,
  message: string,
): { readonly msg: string; readonly backup_file?: string } {
  const isChanged = changes.some(({ kind }) => kind === "file");
  const attributes =
    isChanged && changesAttributes(before, changes) ? "ownership, perms or SE linux context changed" : "";
  return { msg: [message, attributes].filter(Boolean).join(" and "), ...backupField(changes, outputs) };
}

/** What is new has been given them after it was made. */
function changesAttributes(before: FileAnswers, changes: readonly Change[]): boolean {
  const { state } = before.current;
  if (isUnsettled(state)) return false;
  const old = state.type === "absent" ? { ...state, mode: "0644" } : state;
  return changes.some(({ key, after }) => {
    const wanted = after as FileState;
    if (wanted.type !== "file" || key !== (state.path ?? before.current.key)) return false;
    return (["mode", "owner", "group"] as const).some(
      (name) => wanted[name] !== undefined && wanted[name] !== old[name],
    );
  });
}

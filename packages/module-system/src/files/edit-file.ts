import type { Answers, Change, Observed } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { FileContent, FileState, lookInto } from "@evenkeel/kinds";
import { file, followed, itself, textIn } from "@evenkeel/kinds";
import type { AttributeParams } from "./attribute-params.ts";
import { attributesOf, validationOf } from "./attribute-params.ts";
import { mapText } from "./map-text.ts";
import { makeFolders } from "./place.ts";

type FileAnswers = Answers<ReturnType<typeof lookInto>>;

interface EditParams extends AttributeParams {
  readonly validate?: string;
  readonly backup: boolean;
  readonly unsafe_writes?: boolean;
  /** A file that is absent is made. Left out: it must be there. */
  readonly create?: boolean;
  /** Default: a link is followed. */
  readonly follow?: boolean;
}

/** A file whose text is what `edit` makes of it; pure, so that a plan shows exactly what will be. */
export function editFile(
  answers: FileAnswers,
  params: EditParams,
  edit: (text: string) => string,
): readonly Change<FileState>[] {
  const target = editedFile(answers, params);
  const text = textOf(target, answers, params);
  const content: FileContent = isUnsettled(text) ? text : mapText(text, edit);
  const how = { validate: validationOf(params.validate), ...(params.backup && { backup: true }) };
  const inPlace = params.unsafe_writes ? { inPlace: true } : {};
  const folders = isAbsent(answers, params) ? makeFolders(answers, {}) : [];
  return [...folders, ...file.ensure(target, { content, ...attributesOf(params), ...how, ...inPlace })];
}

/** The file that is edited: what a link leads to, unless the link itself is to be replaced. */
export function editedFile(answers: FileAnswers, { follow = true }: Pick<EditParams, "follow">): Observed<FileState> {
  return follow ? followed(answers) : itself(answers);
}

/** What there is to be edited: of what is absent, nothing. */
export function textOf(
  target: Observed<FileState>,
  { long }: FileAnswers,
  { create = false }: Pick<EditParams, "create">,
) {
  const { state, key } = target;
  if (isUnsettled(state)) return state;
  if (state.type === "absent") {
    if (create) return "";
    throw cannotEdit(
      "absent",
      `${key} does not exist, so it cannot be edited`,
      "make it before, or let it be made with `create: true`",
    );
  }
  const text = textIn(target, long);
  if (text !== undefined) return text;
  if (state.type !== "file") throw cannotEdit("no-file", `${key} is a ${state.type}, and no file that could be edited`);
  throw cannotEdit(
    "no-text",
    `${key} cannot be edited: it is no UTF-8 text, or longer than 8 MiB`,
    "put a whole new file there, with copy",
  );
}

function cannotEdit(what: string, message: string, hint?: string): StepError {
  return new StepError({ code: `file/${what}`, message, ...(hint !== undefined && { hint }) });
}

/** Whether it is known that there is no such file. */
export function isAbsent(answers: FileAnswers, params: Pick<EditParams, "follow"> = {}): boolean {
  const { state } = editedFile(answers, params);
  return !isUnsettled(state) && state.type === "absent";
}

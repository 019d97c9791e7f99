import type { Change, Observed } from "@evenkeel/core";
import { InputError, isUnsettled } from "@evenkeel/core";
import type { Attributes, BelowState, DesiredFile, FileState, FileTimes, Looked } from "@evenkeel/kinds";
import { below, file, fileTimes, followed, itself } from "@evenkeel/kinds";
import type { AttributeParams } from "./attribute-params.ts";
import { attributesOf } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { demandSense } from "./demand-sense.ts";
import { desiredTimes } from "./file-time-params.ts";
import type { SourceAnswers } from "./link-source.ts";
import { linkedFile, sourceOfLink } from "./link-source.ts";
import { demandFolder, makeFolders } from "./place.ts";

interface FileParams extends AttributeParams {
  readonly path: string;
  readonly state?: "absent" | "directory" | "file" | "hard" | "link" | "touch";
  readonly src?: string;
  readonly recurse: boolean;
  readonly force: boolean;
  readonly follow: boolean;
  readonly modification_time?: string;
  readonly modification_time_format: string;
  readonly access_time?: string;
  readonly access_time_format: string;
}

interface FileAnswers extends Looked, SourceAnswers {
  readonly below: readonly Observed<BelowState>[];
  /** None: no times are asked for. */
  readonly times: readonly Observed<FileTimes>[];
}

/** What it takes to make a path what a task says that it is to be. */
export function changesTo(answers: FileAnswers, params: FileParams): readonly Change[] {
  const state = wantedSort(answers, params);
  const { path, recurse, src } = params;
  demandSense(`file ${path}`, {
    "`recurse` is for folders: state: directory": recurse && state !== "directory",
    "`src` is for links: state: link, or hard": src !== undefined && state !== "link" && state !== "hard",
    "`/` is not removed": state === "absent" && cleanPath(path) === "/",
  });
  const attributes = attributesOf(params);
  switch (state) {
    case "absent":
      return file.ensure(itself(answers), { type: "absent" });
    case "link":
      return [...link(answers, params, attributes), ...times(answers, params)];
    case "hard":
      return [...hard(answers, params, attributes), ...times(answers, params)];
    case "directory": {
      const folders = makeFolders(answers, attributes);
      const own = file.ensure(targetOf(answers, params), { type: "directory", ...attributes });
      return [...folders, ...own, ...allBelow(answers, own, attributes), ...times(answers, params)];
    }
    case "touch":
      return [...touched(answers, params, attributes), ...times(answers, params)];
    case "file":
      return [...file.ensure(targetOf(answers, params), attributes), ...times(answers, params)];
  }
}

/** The path whose attributes are meant. */
function targetOf(looked: Looked, { follow, state }: Pick<FileParams, "follow" | "state">): Observed<FileState> {
  return follow && state !== "absent" && state !== "hard" ? followed(looked) : itself(looked);
}

/** What a result tells of: a link itself, where links are meant, and not what it leads to. */
export function saidOf(looked: Looked, params: Pick<FileParams, "follow" | "state">) {
  const own = itself(looked);
  const isOwnLink = params.state === undefined && !isUnsettled(own.state) && own.state.type === "link";
  const isLink = isOwnLink || params.state === "link" || params.state === "hard" || params.state === "touch";
  return { isLink, target: isOwnLink || params.state === "link" ? own : targetOf(looked, params) };
}

/** What is not said is what it is. */
function wantedSort(answers: FileAnswers, params: FileParams): NonNullable<FileParams["state"]> {
  if (params.state !== undefined) return params.state;
  const { state } = targetOf(answers, params);
  if (isUnsettled(state) || state.type === "absent") return params.recurse ? "directory" : "file";
  return state.type === "directory" || state.type === "link" ? state.type : "file";
}

function link(answers: FileAnswers, params: FileParams, attributes: Attributes): readonly Change[] {
  const own = itself(answers);
  const { src = kept(own) } = params;
  if (src === undefined)
    throw new InputError({ code: "module/params", message: `file ${params.path}: a new link needs \`src\`` });
  if (params.src !== undefined) demandFolder(answers);
  const { mode: _, ...whose } = attributes;
  const target = params.src === undefined ? followed(answers) : linkedFile(answers, params.force);
  const made = file.ensure(own, { type: "link", target: src, replaces: params.force, ...(!params.follow && whose) });
  return params.follow ? [...made, ...attributesThere(target, attributes)] : made;
}

function kept({ state }: Observed<FileState>): string | undefined {
  return !isUnsettled(state) && state.type === "link" ? state.target : undefined;
}

/** Of what a link leads to; of what is not there, nothing. */
function attributesThere(target: Observed<FileState>, attributes: Attributes): readonly Change[] {
  const { state } = target;
  if (Object.keys(attributes).length === 0) return [];
  if (isUnsettled(state)) return file.ensure(target, attributes);
  if (state.type === "absent" || state.type === "link") return [];
  return file.ensure(target, { type: state.type === "directory" ? "directory" : "file", ...attributes } as DesiredFile);
}

function hard(answers: FileAnswers, params: FileParams, attributes: Attributes): readonly Change[] {
  const own = itself(answers);
  const path = sourceOfLink(params);
  if (path === undefined) return file.ensure(own, attributes);
  const source = linkedFile(answers, false);
  const inode = isUnsettled(source.state) || source.state.type === "absent" ? undefined : source.state.inode;
  demandFolder(answers);
  const made = file.ensure(own, { type: "hard", source: source.key, inode, replaces: params.force });
  return [...made, ...attributesThere({ ...source, key: own.key }, attributes)];
}

function touched(answers: FileAnswers, params: FileParams, attributes: Attributes): readonly Change[] {
  const target = targetOf(answers, params);
  const { state } = target;
  if (!isUnsettled(state) && state.type !== "absent") return attributesThere(target, attributes);
  demandFolder(answers);
  return file.ensure(target, { content: "", ...attributes });
}

/** A folder that is only made now has nothing below. */
function allBelow(answers: FileAnswers, own: readonly Change[], attributes: Attributes): readonly Change[] {
  const [all] = answers.below;
  const isNew =
    !isUnsettled(itself(answers).state) && own.some(({ before }) => !isUnsettled(before) && isAbsent(before));
  return all === undefined || isNew || Object.keys(attributes).length === 0 ? [] : below.ensure(all, attributes);
}

function isAbsent(state: unknown): boolean {
  return file.isAbsent(state as FileState);
}

function times(answers: FileAnswers, params: FileParams): readonly Change[] {
  const { key, state } = itself(answers);
  const path = isUnsettled(state) ? key : (state.path ?? key);
  return answers.times.flatMap((own) => fileTimes.ensure(own, { ...desiredTimes(params), path }));
}

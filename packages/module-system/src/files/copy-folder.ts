import type { Change, Observed } from "@evenkeel/core";
import type { FileState, TreeState, TreeVia } from "@evenkeel/kinds";
import { file, foldersOf, tree } from "@evenkeel/kinds";
import type { AttributeParams } from "./attribute-params.ts";
import { attributesOf } from "./attribute-params.ts";
import { cleanPath, nameIn } from "./clean-path.ts";
import type { Source } from "./copy-source.ts";
import { makeFolders } from "./place.ts";

interface FolderParams extends AttributeParams {
  readonly dest: string;
  readonly directory_mode?: string | number;
  readonly local_follow: boolean;
  readonly force: boolean;
  readonly backup: boolean;
}

/** What must be asked to copy a folder of ours; nothing where the source is something else. */
export function lookForFolder(source: Source, params: FolderParams) {
  if (source.from !== "folder") return { trees: [], treeFolders: [] };
  const path = placeOfFolder(source.folder, params);
  return { trees: [tree(path, viaOf(source.folder, params))], treeFolders: foldersOf(path).map((each) => file(each)) };
}

interface FolderAnswers {
  readonly trees: readonly Observed<TreeState>[];
  readonly treeFolders: readonly Observed<FileState>[];
}

/** A folder of ours with all that is in it; folders on the way are made. */
export function copyFolder(
  { trees, treeFolders }: FolderAnswers,
  folder: string,
  params: FolderParams,
): readonly Change[] {
  const [own] = trees;
  if (own === undefined) return [];
  const via = viaOf(folder, params);
  return [...makeFolders({ folders: treeFolders }, via.directory), ...tree.ensure(own, via)];
}

/** As rsync does: of what ends with `/`, only what is in it. */
export function placeOfFolder(folder: string, { dest }: Pick<FolderParams, "dest">): string {
  const top = cleanPath(dest);
  return folder.endsWith("/") ? top : cleanPath(`${top}/${nameIn(folder)}`);
}

function viaOf(folder: string, params: FolderParams): TreeVia {
  const { mode, ...whose } =
    params.mode === "preserve" ? attributesOf({ ...params, mode: "0644" }) : attributesOf(params);
  const { directory_mode: directoryMode } = params;
  return {
    from: cleanPath(folder),
    file: { ...whose, ...(params.mode !== "preserve" && mode !== undefined && { mode }) },
    directory: { ...whose, ...attributesOf({ ...(directoryMode !== undefined && { mode: directoryMode }) }) },
    follow: params.local_follow,
    keepsOld: !params.force,
    keepsModes: params.mode === "preserve",
    backup: params.backup,
  };
}

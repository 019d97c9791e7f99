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

/** What must be asked to copy a folder; nothing where the source is a text or a file of ours. */
export function lookForFolder(source: Source, params: FolderParams) {
  const folder = folderIn(source);
  if (folder === undefined) return { trees: [], treeFolders: [] };
  const path = placeOfFolder(folder, params);
  return { trees: [tree(path, viaOf(source, params))], treeFolders: foldersOf(path).map((each) => file(each)) };
}

interface FolderAnswers {
  readonly trees: readonly Observed<TreeState>[];
  readonly treeFolders: readonly Observed<FileState>[];
}

/** A folder with all that is in it; folders on the way are made. */
export function copyFolder(answers: FolderAnswers, source: Source, params: FolderParams): readonly Change[] {
  const [own] = answers.trees;
  if (own === undefined) return [];
  const via = viaOf(source, params);
  return [...makeFolders({ folders: answers.treeFolders }, via.directory), ...tree.ensure(own, via)];
}

/** As rsync does: of what ends with `/`, only what is in it. */
export function placeOfFolder(folder: string, { dest }: Pick<FolderParams, "dest">): string {
  const top = cleanPath(dest);
  return folder.endsWith("/") ? top : cleanPath(`${top}/${nameIn(folder)}`);
}

function folderIn(source: Source): string | undefined {
  if (source.from === "folder") return source.folder;
  return source.from === "host" ? source.path : undefined;
}

/** What is copied on the host keeps its modes; what comes from here has them when that is asked for. */
function viaOf(source: Source, params: FolderParams): TreeVia {
  const isOnHost = source.from === "host";
  const keepsModes = params.mode === "preserve" || isOnHost;
  const { mode, ...whose } = attributesOf({ ...params, ...(keepsModes && { mode: "0644" }) });
  const { directory_mode: directoryMode } = params;
  const folder = cleanPath(folderIn(source) ?? "");
  return {
    from: isOnHost ? { hostFolder: folder } : folder,
    file: { ...whose, ...(!keepsModes && mode !== undefined && { mode }) },
    directory: { ...whose, ...attributesOf({ ...(directoryMode !== undefined && { mode: directoryMode }) }) },
    follow: params.local_follow,
    keepsOld: !params.force,
    keepsModes,
    backup: params.backup,
  };
}

import type { Change, Step, TreeStep } from "@evenkeel/core";
import { comparedWith } from "../comparison/comparison.ts";
import { exactMode } from "../file/attributes.ts";
import { file } from "../file/file.ts";
import { keeping } from "../file/keep.ts";
import type { ObservedTree, TreeComparison, TreeState, TreeVia } from "./tree.ts";

/** From here on files travel together, where that comes to the same. */
const TOGETHER_FROM = 20;

/** What differs is changed as files, folders and links are; a new folder travels as one. */
export function changeTree(
  { kind, key, via, state }: ObservedTree,
  desired: TreeVia,
  before: TreeComparison | undefined,
): Change<TreeState> {
  const differing = before?.differing ?? [];
  const changes = differing.flatMap(({ path, there, desired: wanted }) =>
    file.ensure({ kind: file.name, key: path, state: there }, wanted),
  );
  const isNew = differing[0]?.path === key && differing[0].why === "new";
  const isTogether = differing.length >= TOGETHER_FROM && before?.travelsWhole === true;
  const whole = isTogether ? asOne(key, desired, isNew) : undefined;
  const kept = keeping(key, "tree");
  const undoSteps = isNew
    ? [{ do: "run", argv: ["rm", "-rf", "--", key] } as const]
    : whole
      ? [kept.restore]
      : undefined;
  return {
    kind,
    key,
    via,
    action: "ensure",
    before: state,
    after: comparedWith<TreeComparison>(via, { differing: [] }),
    steps: whole ? [...(isNew ? [] : [kept.keep]), ...whole] : changes.flatMap(({ steps }) => steps),
    undo: undoSteps ?? changes.toReversed().flatMap(({ undo }) => undo),
    interrupts: "nothing",
  };
}

/** One stream with everything, where modes need not be worked out one by one. */
function asOne(
  path: string,
  { from, file: files, directory, keepsModes }: TreeVia,
  isNew: boolean,
): readonly Step[] | undefined {
  const directoryMode = directory.mode ?? "0755";
  const isPlain = [files.mode ?? "0644", directoryMode].every((mode) => /^[0-7]+$/.test(mode));
  if (!isPlain || typeof from !== "string") return undefined;
  const step: TreeStep = {
    ...{ do: "tree", from, path, directoryMode, ...(!keepsModes && { fileMode: files.mode ?? "0644" }) },
    ...(files.owner !== undefined && { owner: files.owner }),
    ...(files.group !== undefined && { group: files.group }),
  };
  return [step, ...(isNew ? [{ do: "run", argv: ["chmod", exactMode(directoryMode), "--", path] } as const] : [])];
}

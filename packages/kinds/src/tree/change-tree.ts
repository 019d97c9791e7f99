import type { Change, Step, TreeStep } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import { exactMode } from "../file/attributes.ts";
import { file } from "../file/file.ts";
import type { ObservedTree, TreeState, TreeVia } from "./tree.ts";

/** From here on files travel together, where that comes to the same. */
const TOGETHER_FROM = 20;

/** What differs is changed as files, folders and links are; a new folder travels as one. */
export function changeTree(
  { kind, key, via, state }: ObservedTree,
  desired: TreeVia,
  after: TreeState,
): Change<TreeState> {
  const differing = isUnsettled(state) ? [] : state.differing;
  const changes = differing.flatMap(({ path, there, desired: wanted }) =>
    file.ensure({ kind: file.name, key: path, state: there }, wanted),
  );
  const isNew = differing[0]?.path === key && differing[0].why === "new";
  const isTogether = isNew && differing.length >= TOGETHER_FROM && !isUnsettled(state) && !state.hasFollowed;
  const whole = isTogether ? asOne(key, desired) : undefined;
  return {
    kind,
    key,
    via,
    action: "ensure",
    before: state,
    after,
    steps: whole ?? changes.flatMap(({ steps }) => steps),
    undo: isNew ? [{ do: "run", argv: ["rm", "-rf", "--", key] }] : changes.toReversed().flatMap(({ undo }) => undo),
    interrupts: "nothing",
  };
}

/** One stream with everything, where modes need not be worked out one by one. */
function asOne(path: string, { from, file: files, directory, keepsModes }: TreeVia): readonly Step[] | undefined {
  const directoryMode = directory.mode ?? "0755";
  const isPlain = [files.mode ?? "0644", directoryMode].every((mode) => /^[0-7]+$/.test(mode));
  if (!isPlain) return undefined;
  const step: TreeStep = {
    ...{ do: "tree", from, path, directoryMode, ...(!keepsModes && { fileMode: files.mode ?? "0644" }) },
    ...(files.owner !== undefined && { owner: files.owner }),
    ...(files.group !== undefined && { group: files.group }),
  };
  return [step, { do: "run", argv: ["chmod", exactMode(directoryMode), "--", path] }];
}

import type { Observed, Unsettling } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import type { Attributes } from "../file/desired-file.ts";
import { askAboutTree } from "./ask-about-tree.ts";
import { changeTree } from "./change-tree.ts";
import type { TreeDifference } from "./tree-difference.ts";

/** What of a folder on a host is not as a folder of ours wants it. What is there and not here does not matter. */
export interface TreeState {
  readonly differing: readonly TreeDifference[];
  /** Something of ours is a link that is taken as what it leads to. */
  readonly hasFollowed?: boolean;
}

/** Which folder of ours, and how what is in it is to be on the host. */
export interface TreeVia {
  readonly from: string;
  readonly file: Attributes;
  readonly directory: Attributes;
  /** Links are taken as what they lead to. */
  readonly follow: boolean;
  /** What is there is let be, whatever is in it. */
  readonly keepsOld: boolean;
  /** Files have the modes that ours have. */
  readonly keepsModes: boolean;
  readonly backup: boolean;
}

/** So many are named to people. */
const NAMED_UP_TO = 50;

/** A folder by its absolute path, compared with a folder of ours: `tree(path, via)`. */
export const tree = defineKind<TreeState, TreeVia>({
  name: "tree",
  ask: (queries, host) => Promise.all(queries.map(({ key, via }) => askAboutTree(key, via as TreeVia, host))),
  ensure(actual, desired) {
    const after: TreeState = { differing: [] };
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state)) return [];
    return [changeTree(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: () => false,
  unsettles: ({ key, before }) => {
    const because = `${key} is copied before`;
    const places = isUnsettled(before) ? [key] : before.differing.map(({ path }) => path);
    return places.flatMap((path): Unsettling[] => ["file", "stat"].map((kind) => ({ kind, key: path, because })));
  },
  describe({ differing }) {
    const more = differing.length - NAMED_UP_TO;
    return {
      ...Object.fromEntries(differing.slice(0, NAMED_UP_TO).map(({ path, why }) => [path, why])),
      ...(more > 0 && { "…": `${more} more` }),
      differing: String(differing.length),
    };
  },
});

function isAsPlanned({ differing }: TreeState): boolean {
  return differing.length === 0;
}

export type ObservedTree = Observed<TreeState>;

import type { HostPort, Observed, Unsettling } from "@evenkeel/core";
import { defineKind } from "@evenkeel/core";
import type { Compared } from "../comparison/comparison.ts";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import type { Attributes } from "../file/desired-file.ts";
import { askAboutTree } from "./ask-about-tree.ts";
import { changeTree } from "./change-tree.ts";
import type { TreeDifference } from "./tree-difference.ts";

/** What of a folder on a host is not as another folder wants it. What is there and not in that one does not matter. */
export type TreeState = Compared<TreeComparison>;

export interface TreeComparison {
  readonly differing: readonly TreeDifference[];
  /** All of it may be sent as one: that comes to the same. */
  readonly travelsWhole?: boolean;
}

/** Which folder, of ours or of the host's, and how what is in it is to be on the host. */
export interface TreeVia {
  readonly from: string | { readonly hostFolder: string };
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

/** A folder by its absolute path, compared with another folder: `tree(path, via)`. */
export const tree = defineKind<TreeState, TreeVia>({
  name: "tree",
  ask: (queries, host) => Promise.all(queries.map(({ key, via }) => askTree(key, via as TreeVia, host))),
  ensure(actual, desired) {
    const before = comparisonIn(actual.state, actual.via);
    return before?.differing.length === 0 ? [] : [changeTree(actual, desired, before)];
  },
  isAsPlanned: (actual, after) => Object.keys(after).every((name) => actual[name]?.differing.length === 0),
  isAbsent: () => false,
  unsettles({ key, before, via }) {
    const because = `${key} is copied before`;
    const known = comparisonIn(before, via);
    const both = (where: object) => ["file", "stat"].map((kind): Unsettling => ({ kind, ...where, because }));
    return known === undefined ? both({ under: key }) : known.differing.flatMap(({ path }) => both({ key: path }));
  },
  describe(state) {
    const differing = Object.values(state).flatMap((each) => each.differing);
    const more = differing.length - NAMED_UP_TO;
    return {
      ...Object.fromEntries(differing.slice(0, NAMED_UP_TO).map(({ path, why }) => [path, why])),
      ...(more > 0 && { "…": `${more} more` }),
      differing: String(differing.length),
    };
  },
});

async function askTree(key: string, via: TreeVia, host: HostPort): Promise<TreeState> {
  return comparedWith(via, await askAboutTree(key, via, host));
}

export type ObservedTree = Observed<TreeState>;

import type { GitSource } from "./git-source.ts";
import type { GitOffer } from "./git-state.ts";

/** A checkout as it is to be, and how to get there. */
export interface GitDesire {
  readonly source: GitSource;
  /** Nothing there is a reason to clone. */
  readonly clones: boolean;
  /** What was changed by hand may be thrown away. */
  readonly isForced: boolean;
  readonly isSingleBranch: boolean;
  readonly depth?: number;
  /** A repository on the host, to borrow objects from. */
  readonly reference?: string;
  /** Where the repository lies, apart from the files. */
  readonly separateFolder?: string;
  /** The commit's or tag's signature must be good; by one of these keys, if there are any. */
  readonly verify?: { readonly allowed: readonly string[] };
  readonly umask?: string;
  /** The commit that was found; none: whatever the version is by then. */
  readonly commit?: string;
  readonly sort?: GitOffer["sort"];
}

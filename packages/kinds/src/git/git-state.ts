/** A folder as a checkout of a repository, and what that repository has for it. */
export interface GitState {
  /** `missing`: nothing is there, or an empty folder; `other`: something that is no checkout. */
  readonly state: "missing" | "other" | "checkout";
  /** An empty folder is there. */
  readonly isEmptyFolder?: boolean;
  /** The commit that is checked out; none in a repository without commits. */
  readonly commit?: string;
  /** None where a commit or a tag is checked out. */
  readonly branch?: string;
  readonly url?: string;
  /** Tracked files were changed by hand. */
  readonly isModified?: boolean;
  /** Where its `.git` is. */
  readonly folder?: string;
  /** Submodules are missing, or are not at the commits that they should be at. */
  readonly hasStaleSubmodules?: boolean;
  /** A bare one: branches or tags are not as they are in the repository. */
  readonly hasStaleRefs?: boolean;
  readonly archive?: "missing" | "stale" | "fresh";
  /** What the repository has under the wanted version. */
  readonly offer?: GitOffer;
  /** git is not on the host, so that nothing more is known. */
  readonly isToolMissing?: boolean;
  /** Why we do not know what the repository has, or what is checked out. */
  readonly problem?: string;
}

export interface GitOffer {
  readonly commit: string;
  readonly sort: "branch" | "tag" | "commit";
  /** The branch's, of version HEAD as well. */
  readonly branch?: string;
}

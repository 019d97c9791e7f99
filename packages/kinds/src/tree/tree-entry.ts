import type { LocalFile } from "@evenkeel/core";
import type { HostFileContent } from "../file/desired-file.ts";

/** One thing in a folder that is copied. */
export type TreeEntry = {
  /** Relative to the folder. */
  readonly path: string;
  readonly mode: string;
  /** It is a link, and is taken as what it leads to. */
  readonly isFollowed?: boolean;
} & (
  | { readonly sort: "file"; readonly file: LocalFile | HostFileContent }
  | { readonly sort: "directory" }
  | { readonly sort: "link"; readonly target: string }
);

import type { LocalFile, Secret, Unsettled } from "@evenkeel/core";

/** What of a path is the same for files and folders. Left out: as it is. */
export interface Attributes {
  /** Octal, or symbolic as chmod takes it: then it depends on what is there. */
  readonly mode?: string | undefined;
  /** A name or a number. */
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
}

/** A file of the host's own, as it was when it was asked about. */
export interface HostFileContent {
  readonly hostFile: string;
  readonly sha256: string;
  readonly size?: number | undefined;
  readonly text?: string | Secret | undefined;
}

/** Unsettled: it will be known when an earlier change has been made. */
export type FileContent = string | Uint8Array | Secret | LocalFile | HostFileContent | Unsettled;

/** A path as it is to be. What is left out stays as it is; what is new is 0644 (a folder 0755) and the user's who makes it. */
export type DesiredFile =
  | (Attributes & {
      readonly type?: "file";
      /** Left out: only the attributes of what is there. */
      readonly content?: FileContent;
      /** Run before the file takes its place; `%s` is the path to look at. */
      readonly validate?: readonly string[] | undefined;
      /** Where the path is a link: replace the link (default), or what it points to. */
      readonly links?: "replace" | "follow";
      /** Where a rename cannot work: a mount point. A crash may tear it. */
      readonly inPlace?: boolean;
      /** Keep what was there beside it, under a name with the time. */
      readonly backup?: boolean;
    })
  | (Attributes & { readonly type: "directory" })
  | {
      readonly type: "link";
      readonly target: string;
      /** The link's own. */
      readonly owner?: string | undefined;
      readonly group?: string | undefined;
      /** A file, or an empty folder, makes room for it. */
      readonly replaces?: boolean;
    }
  | {
      /** One more name of a file. */
      readonly type: "hard";
      readonly source: string;
      /** Of the source; unknown while it is not made yet. */
      readonly inode?: string | undefined;
      readonly replaces?: boolean;
    }
  | { readonly type: "absent" };

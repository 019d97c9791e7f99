import type { Secret } from "@evenkeel/core";

/** A path on a host as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type FileState = AbsentFile | PresentFile;

interface Placed {
  /** Whose it is; of what is absent, whose it would be if we made it. */
  readonly owner?: string | undefined;
  readonly uid?: number | undefined;
  readonly group?: string | undefined;
  readonly gid?: number | undefined;
  /** Where it lies, when the key does not say so: the key begins with `~`, or is a link that was followed. */
  readonly path?: string;
}

export interface AbsentFile extends Placed {
  readonly type: "absent";
  /** Its folder hands its group down (setgid), and to folders that too. */
  readonly inherits?: boolean;
}

export interface PresentFile extends Placed {
  readonly type: "file" | "directory" | "link" | "other";
  /** Four octal digits. */
  readonly mode?: string;
  /** A file's. */
  readonly sha256?: string | undefined;
  readonly size?: number | undefined;
  /** A file's content, where it is text and not too long to be shown. */
  readonly text?: string | Secret | undefined;
  /** Where a link points. */
  readonly target?: string;
  /** Device and inode: two paths that agree in it are one file. */
  readonly inode?: string;
}

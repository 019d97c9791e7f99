import type { Secret } from "@evenkeel/core";

/** A path on a host as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type FileState = { readonly type: "absent" } | PresentFile;

export interface PresentFile {
  readonly type: "file" | "directory" | "link" | "other";
  /** Four octal digits. */
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  /** A file's. */
  readonly sha256?: string;
  /** A file's content, where it is text and not too long to be shown. */
  readonly text?: string | Secret;
  /** Where a link points. */
  readonly target?: string;
}

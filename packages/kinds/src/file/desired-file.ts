import type { Secret } from "@evenkeel/core";

interface Attributes {
  /** Octal. */
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

/** A path as it is to be. What is left out stays as it is; what is new is 0644 (a folder 0755) and the user's who makes it. */
export type DesiredFile =
  | (Attributes & {
      readonly type?: "file";
      /** Left out: only the attributes of a file that is there. */
      readonly content?: string | Secret;
      /** Run before the file takes its place; `%s` is the path to look at. */
      readonly validate?: readonly string[];
    })
  | (Attributes & { readonly type: "directory" })
  | { readonly type: "link"; readonly target: string }
  | { readonly type: "absent" };

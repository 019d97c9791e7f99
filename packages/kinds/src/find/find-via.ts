import type { checksumAlgorithms } from "../stat/stat-state.ts";

/** What is looked for below a folder. */
export interface FindVia {
  readonly sort: "any" | "directory" | "file" | "link";
  /** How deep; left out: to the bottom. */
  readonly depth?: number | undefined;
  /** What begins with a dot, too. */
  readonly hidden: boolean;
  /** Folders that links lead to are looked into. */
  readonly follow: boolean;
  /** Patterns of the shell that one of must fit; none: all. */
  readonly names: readonly string[];
  /** The sums of files are wanted, or what is in them. */
  readonly algorithm?: (typeof checksumAlgorithms)[number] | undefined;
  readonly contents: boolean;
}

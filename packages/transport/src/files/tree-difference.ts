import type { TreeEntry } from "./local-tree.ts";
import type { RemoteTree, TreeOwner } from "./tree-manifest.ts";

/** What it takes to make one tree like another. */
export interface TreeDifference {
  /** What must travel, folders before what is in them. */
  readonly sent: readonly TreeEntry[];
  /** What has the right content and another mode. */
  readonly modes: readonly { readonly path: string; readonly mode: number }[];
  /** What belongs to somebody else. */
  readonly owners: readonly string[];
  /** What must go: of another sort than it is to be, or not wanted. */
  readonly removed: readonly string[];
}

export function compareTrees(
  wanted: readonly TreeEntry[],
  there: RemoteTree | undefined,
  { owner, group, prune }: TreeOwner & { readonly prune?: boolean },
): TreeDifference {
  const sent: TreeEntry[] = [];
  const modes: { path: string; mode: number }[] = [];
  const owners: string[] = [];
  const removed: string[] = [];
  const sorted = [...wanted].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const entry of sorted) {
    const actual = there?.entries.get(entry.path);
    if (actual && actual.kind !== entry.kind) removed.push(entry.path);
    if (actual?.kind !== entry.kind || actual.sha256 !== entry.sha256 || actual.target !== entry.target) {
      sent.push(entry);
      continue;
    }
    if (actual.mode !== entry.mode && entry.kind !== "link") modes.push({ path: entry.path, mode: entry.mode });
    const isForeign =
      (owner !== undefined && actual.owner !== owner) || (group !== undefined && actual.group !== group);
    if (isForeign) owners.push(entry.path);
  }
  if (prune) removed.push(...unwanted(new Set(sorted.map((entry) => entry.path)), there, new Set(removed)));
  return { sent, modes, owners, removed };
}

/** The topmost of what is there and not wanted. What goes along with something removed before is not named. */
function unwanted(wanted: ReadonlySet<string>, there: RemoteTree | undefined, removed: ReadonlySet<string>): string[] {
  const extra = new Set([...(there?.entries.keys() ?? [])].filter((path) => !wanted.has(path)));
  const goesAlong = (path: string): boolean => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    return folder !== "" && (extra.has(folder) || removed.has(folder) || goesAlong(folder));
  };
  return [...extra].filter((path) => !goesAlong(path)).sort();
}

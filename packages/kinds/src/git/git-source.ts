/** Which repository, which version of it, and how it is reached. All of it decides what a checkout is compared with. */
export interface GitSource {
  readonly repo: string;
  /** A branch, a tag, a commit, or HEAD. */
  readonly version: string;
  readonly remote: string;
  readonly isBare: boolean;
  /** What is there is brought up to date; else it is only looked at. */
  readonly updates: boolean;
  readonly submodules: "none" | "pinned" | "tracked";
  readonly tool: string;
  /** Options of ssh, as its command line takes them. */
  readonly sshOptions: string;
  readonly keyFile?: string;
  readonly refspec?: string;
  readonly archive?: { readonly path: string; readonly prefix?: string };
}

/** What a version may be called in the repository, the likeliest first. */
export function refsOf({ version, remote, refspec }: GitSource): readonly string[] {
  const branch = version.startsWith(`${remote}/`) ? [`refs/heads/${version.slice(remote.length + 1)}`] : [];
  const own = [`refs/heads/${version}`, `refs/tags/${version}`, `refs/tags/${version}^{}`, ...branch];
  const fetched = refspec === undefined ? undefined : fetchedRef(refspec, version);
  return [...(version.startsWith("refs/") ? [version] : []), ...own, ...(fetched === undefined ? [] : [fetched])];
}

/** The ref that a refspec fetches under a version's name: `+refs/pull/*:refs/heads/*` has refs/pull/7 for 7. */
function fetchedRef(refspec: string, version: string): string | undefined {
  const [source = "", destination = ""] = refspec.replace(/^\+/, "").split(":");
  if (version === "FETCH_HEAD" && !source.includes("*")) return fullRef(source);
  const names = [version, `refs/heads/${version}`, `refs/tags/${version}`];
  const [before = "", after = ""] = destination.split("*");
  const hit = names.find((name) =>
    destination.includes("*") ? name.startsWith(before) && name.endsWith(after) : name === destination,
  );
  if (hit === undefined) return undefined;
  return fullRef(source.replace("*", hit.slice(before.length, hit.length - after.length)));
}

function fullRef(name: string): string {
  return name.startsWith("refs/") ? name : `refs/heads/${name}`;
}

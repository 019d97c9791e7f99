import type { GitSource } from "./git-source.ts";
import { refsOf } from "./git-source.ts";
import type { GitOffer, GitState } from "./git-state.ts";

/** Reads what the read script printed: a block of words for each folder. */
export function parseGit(
  output: Uint8Array,
  folders: readonly string[],
  source: GitSource,
): ReadonlyMap<string, GitState> {
  const blocks = Buffer.from(output)
    .toString()
    .split(/^folder$\n/m)
    .slice(1);
  return new Map(folders.map((folder, index) => [folder, stateOf(blocks[index] ?? "", source)]));
}

function stateOf(block: string, source: GitSource): GitState {
  const lines = block.split("\n").map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)] as const);
  const offers = lines.flatMap(([word, rest]) => (word === "offer" ? [rest] : []));
  const said = Object.fromEntries(lines);
  const offer = offerOf(offers, source);
  return {
    state: said.state === "checkout" || said.state === "other" ? said.state : "missing",
    ...(said.empty && { isEmptyFolder: true }),
    ...(said.commit && { commit: said.commit }),
    ...(said.branch && { branch: said.branch }),
    ...(said.url && { url: isSame(said.url, source.repo) ? source.repo : said.url }),
    ...(said.modified && { isModified: true }),
    ...(said.folder && { folder: said.folder }),
    ...(said.submodules && { hasStaleSubmodules: true }),
    ...(said.refs && { hasStaleRefs: true }),
    ...(said.archive && { archive: said.archive as "missing" | "stale" | "fresh" }),
    ...(offer && { offer }),
    ...(said.tool && { isToolMissing: true }),
    ...(said.problem !== undefined && { problem: said.problem.trim() }),
  };
}

/** A slash more or less makes no other repository. */
function isSame(one: string, other: string): boolean {
  const plain = (address: string) => address.replace(/\/+/g, "/").replace(/\/$/, "");
  return plain(one) === plain(other);
}

/** What the repository has: the likeliest meaning of the version that it knows. Its servers' greetings are none. */
function offerOf(lines: readonly string[], source: GitSource): GitOffer | undefined {
  const commits = new Map<string, string>();
  let head: string | undefined;
  for (const line of lines) {
    const [, symbol] = /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line) ?? [];
    head ??= symbol;
    const [, commit, name] = /^([0-9a-f]{40,64})\t(\S+)$/.exec(line) ?? [];
    if (commit && name) commits.set(name, commit);
  }
  if (source.version === "HEAD") return offerOfHead(commits, head);
  for (const name of refsOf(source)) {
    const commit = commits.get(`${name}^{}`) ?? commits.get(name);
    if (commit) return { commit, ...meaning(name, source.version) };
  }
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(source.version) ? { commit: source.version, sort: "commit" } : undefined;
}

function offerOfHead(commits: ReadonlyMap<string, string>, head: string | undefined): GitOffer | undefined {
  const [first] = commits;
  if (first === undefined) return undefined;
  const [name, commit] = first;
  const branch = head ?? /^refs\/heads\/(.*)$/.exec(name)?.[1];
  return { commit, sort: "branch", ...(branch !== undefined && { branch }) };
}

/** `origin/main` is a commit's name, although the repository has a branch for it: nothing follows it here. */
function meaning(name: string, version: string): Omit<GitOffer, "commit"> {
  if (name === `refs/heads/${version}`) return { sort: "branch", branch: version };
  return { sort: name.startsWith(`refs/tags/${version}`) ? "tag" : "commit" };
}

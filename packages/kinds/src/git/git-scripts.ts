import { quote, readWords } from "@evenkeel/core";
import { expandedWord } from "../command/expanded-word.ts";
import type { GitDesire } from "./git-desire.ts";
import type { GitSource } from "./git-source.ts";
import { refsOf } from "./git-source.ts";
import type { GitState } from "./git-state.ts";

const words = (name: string) => readWords(new URL(name, import.meta.url));

/** Asks about folders, and, once for each, about what the repository has for them. */
export function readScript(folders: readonly string[], source: GitSource): string {
  const look = folders.map((folder) => `echo "folder"; evk_look ${expandedWord(folder)}`);
  const names = refsOf(source).map(quote).join(" ");
  return [
    settings(source, readOptions(source.sshOptions)),
    words("./git-words.sh"),
    "export GIT_OPTIONAL_LOCKS=0",
    `evk_ls() { evk_git ls-remote -- "$repo" ${names}; }`,
    words("./read.sh"),
    ...look,
    ":",
  ].join("\n");
}

/** Clones or updates; or only looks at a signature, or packs an archive. */
export function changeScript(folder: string, desire: GitDesire, todo: "change" | "verify" | "archive"): string {
  const { source, isForced, depth, isSingleBranch, reference, separateFolder, verify, umask } = desire;
  return [
    settings(source, source.sshOptions),
    assign({ do: todo, mask: umask, refspec: source.refspec, depth: depth?.toString() }),
    assign({ force: flag(isForced), single: flag(isSingleBranch), verify: flag(verify !== undefined) }),
    assign({ allow: verify?.allowed.join(" "), commit: desire.commit, sort: desire.sort }),
    `dest=${expandedWord(folder)} reference=${path(reference)} separate=${path(separateFolder)}`,
    words("./git-words.sh"),
    words("./change.sh"),
  ].join("\n");
}

/** Goes back to what was checked out before. */
export function backScript(folder: string, source: GitSource, was: GitState): string {
  return [
    settings(source, source.sshOptions),
    assign({ was_commit: was.commit, was_branch: was.branch, was_url: was.url }),
    `dest=${expandedWord(folder)}`,
    words("./git-words.sh"),
    words("./back.sh"),
  ].join("\n");
}

function settings(source: GitSource, sshOptions: string): string {
  const { repo, version, remote, isBare, updates, submodules, tool, archive } = source;
  return [
    assign({ repo, version, remote, bare: flag(isBare), update: flag(updates), submodules, prefix: archive?.prefix }),
    `tool=${expandedWord(tool)} archive=${path(archive?.path)}`,
    `GIT_SSH_COMMAND="\${GIT_SSH:-\${GIT_SSH_COMMAND:-ssh}} "${quote(sshOptions)}`,
  ].join("\n");
}

function assign(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value = ""]) => `${name}=${value === "" ? "" : quote(value)}`)
    .join(" ");
}

function flag(isOn: boolean): string {
  return isOn ? "1" : "";
}

function path(text: string | undefined): string {
  return text === undefined ? "" : expandedWord(text);
}

/** A look keeps nothing: a new host's key goes to /dev/null, those that are known are still held to. */
function readOptions(options: string): string {
  const own = /UserKnownHostsFile=(\S+)/.exec(options)?.[1] ?? "~/.ssh/known_hosts ~/.ssh/known_hosts2";
  return `-o UpdateHostKeys=no -o ${quote(`UserKnownHostsFile=/dev/null ${own}`)} ${options}`;
}

import { quote } from "@evenkeel/core";
import type { GitDesire, GitSource } from "@evenkeel/kinds";
import { cleanPath } from "../files/clean-path.ts";

interface SourceParams {
  readonly repo: string;
  readonly version: string;
  readonly remote: string;
  readonly bare: boolean;
  readonly update: boolean;
  readonly recursive: boolean;
  readonly track_submodules: boolean;
  readonly executable?: string;
  readonly refspec?: string;
  readonly archive?: string;
  readonly archive_prefix?: string;
  readonly key_file?: string;
  readonly accept_hostkey: boolean;
  readonly accept_newhostkey: boolean;
  readonly ssh_opts?: string;
}

interface DesireParams extends SourceParams {
  readonly clone: boolean;
  readonly force: boolean;
  readonly single_branch: boolean;
  readonly depth?: number;
  readonly reference?: string;
  readonly separate_git_dir?: string;
  readonly verify_commit: boolean;
  readonly gpg_allowlist: readonly string[];
  readonly umask?: string;
}

/** What a checkout is compared with. */
export function sourceOf(params: SourceParams): GitSource {
  const { repo, version, remote, bare, update, recursive, track_submodules, executable, refspec } = params;
  return {
    // As a path, a repository could not be cloned in part.
    repo: repo.startsWith("/") ? `file://${repo}` : repo,
    ...{ version, remote, isBare: bare, updates: update, tool: executable ?? "git" },
    submodules: !recursive || bare ? "none" : track_submodules ? "tracked" : "pinned",
    sshOptions: sshOptions(params),
    ...(refspec !== undefined && { refspec }),
    ...(params.archive !== undefined && {
      archive: {
        path: cleanPath(params.archive),
        ...(params.archive_prefix !== undefined && { prefix: params.archive_prefix }),
      },
    }),
  };
}

/** A checkout as a task wants it. */
export function desireOf(params: DesireParams): GitDesire {
  const { depth, reference, separate_git_dir: separateFolder, umask } = params;
  return {
    source: sourceOf(params),
    clones: params.clone,
    isForced: params.force,
    isSingleBranch: params.single_branch,
    ...(depth !== undefined && depth > 0 && { depth }),
    ...(reference !== undefined && { reference }),
    ...(separateFolder !== undefined && { separateFolder: cleanPath(separateFolder) }),
    ...(params.verify_commit && { verify: { allowed: params.gpg_allowlist } }),
    ...(umask !== undefined && { umask }),
  };
}

/** Nobody is there to be asked, so ssh must not ask. */
function sshOptions({ ssh_opts, key_file, accept_hostkey, accept_newhostkey }: SourceParams): string {
  const isDecided = /StrictHostKeyChecking=(no|accept-new)/.test(ssh_opts ?? "");
  const trust = accept_hostkey ? "no" : accept_newhostkey ? "accept-new" : undefined;
  return [
    ssh_opts ?? "",
    trust === undefined || isDecided ? "" : `-o StrictHostKeyChecking=${trust}`,
    "-o BatchMode=yes",
    key_file === undefined ? "" : `-i ${quote(key_file)} -o IdentitiesOnly=yes`,
  ]
    .filter(Boolean)
    .join(" ");
}

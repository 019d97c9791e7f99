import { defineModule, InputError } from "@evenkeel/core";
import { archiveStep, file, git as gitKind, verifyCheckout } from "@evenkeel/kinds";
import { Type } from "typebox";
import { cleanPath } from "../files/clean-path.ts";
import { desireOf, sourceOf } from "./desire-of.ts";
import { gitResult, gitReturns, isModified } from "./git-result.ts";

export const git = defineModule({
  name: "git",
  summary: "A checkout of a repository, at a branch, a tag or a commit.",
  params: Type.Object(
    {
      repo: Type.String({ aliases: ["name"], description: "the repository's address" }),
      dest: Type.Optional(Type.String({ description: "the folder; needed unless `clone` is false" })),
      version: Type.String({ default: "HEAD", description: "a branch, a tag, a commit, or HEAD" }),
      remote: Type.String({ default: "origin", description: "what the checkout calls the repository" }),
      refspec: Type.Optional(Type.String({ description: "what to fetch beside branches and tags" })),
      clone: Type.Boolean({ default: true, description: "make the checkout when it is not there" }),
      update: Type.Boolean({ default: true, description: "bring a checkout that is there up to date" }),
      force: Type.Boolean({ default: false, description: "throw away what was changed by hand" }),
      depth: Type.Optional(Type.Integer({ description: "how many commits of history; 0: all" })),
      single_branch: Type.Boolean({ default: false, description: "clone only the wanted branch" }),
      bare: Type.Boolean({ default: false, description: "only the repository, without files" }),
      recursive: Type.Boolean({ default: true, description: "with submodules" }),
      track_submodules: Type.Boolean({
        default: false,
        description: "submodules at the newest commit of their branch, not at the one that is written down",
      }),
      reference: Type.Optional(Type.String({ description: "a repository on the host to borrow from" })),
      separate_git_dir: Type.Optional(Type.String({ description: "where the repository lies, apart from the files" })),
      archive: Type.Optional(
        Type.String({ pattern: "\\.(zip|tar|tgz|gz)$", description: "a file to pack the version's files into" }),
      ),
      archive_prefix: Type.Optional(Type.String({ description: "what each path in that file begins with" })),
      verify_commit: Type.Boolean({ default: false, description: "the signature must be good" }),
      gpg_allowlist: Type.Array(Type.String(), {
        ...{ default: [], split: true, aliases: ["gpg_whitelist"] },
        description: "fingerprints of keys that may have signed",
      }),
      key_file: Type.Optional(Type.String({ description: "a private key on the host" })),
      accept_hostkey: Type.Boolean({ default: false, description: "trust any server: better accept_newhostkey" }),
      accept_newhostkey: Type.Boolean({ default: false, description: "trust a server that was never seen before" }),
      ssh_opts: Type.Optional(Type.String({ description: "options of ssh's command line" })),
      executable: Type.Optional(Type.String({ description: "another git" })),
      umask: Type.Optional(Type.String({ pattern: "^0?[0-7]{1,3}$", description: "octal, in quotes" })),
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const { dest, archive } = checked(params);
    return {
      current: gitKind(cleanPath(dest), sourceOf(params)),
      archive: archive === undefined ? [] : [file(cleanPath(archive))],
    };
  },
  plan({ current, archive: [archive] }, params) {
    if (isModified(current, params)) return [];
    const desire = desireOf(params);
    const changes = gitKind.ensure(current, desire);
    const { state } = current;
    const isThere = "state" in state && state.state === "checkout";
    const isVerified = desire.verify !== undefined && changes.length === 0 && isThere && params.update;
    const isFresh = changes.length === 0 && "state" in state && state.archive === "fresh";
    const isPacked = archive === undefined || isFresh || (changes.length === 0 && !isThere);
    return [
      ...changes,
      ...(isVerified ? [verifyCheckout(current, desire)] : []),
      ...(isPacked ? [] : [pack(archive, archiveStep(current.key, desire))]),
    ];
  },
  result: ({ before, after, changes }, params) => gitResult(before.current, after.current, changes, params),
  returns: gitReturns,
});

type Archive = Parameters<typeof file.ensure>[0];

/** The archive is a file like any other; what is in it, only git knows. */
function pack({ kind, key, state: before }: Archive, step: ReturnType<typeof archiveStep>) {
  const isNew = "type" in before && before.type === "absent";
  return {
    ...{ kind, key, action: "ensure" as const, before, after: { type: "file" as const }, steps: [step] },
    undo: isNew ? [{ do: "run" as const, argv: ["rm", "-f", "--", key] }] : [],
    interrupts: "nothing" as const,
  };
}

interface Checked {
  readonly dest?: string;
  readonly clone: boolean;
  readonly bare: boolean;
  readonly separate_git_dir?: string;
  readonly accept_hostkey: boolean;
  readonly accept_newhostkey: boolean;
  readonly archive?: string;
  readonly archive_prefix?: string;
}

function checked(params: Checked): { readonly dest: string; readonly archive?: string } {
  const { dest, archive } = params;
  const wrong = (message: string) => new InputError({ code: "git/words", message });
  if (params.bare && params.separate_git_dir !== undefined) throw wrong("a bare repository has no separate_git_dir");
  if (params.accept_hostkey && params.accept_newhostkey) throw wrong("either accept_hostkey or accept_newhostkey");
  if (params.archive_prefix !== undefined && archive === undefined) throw wrong("archive_prefix needs `archive`");
  if (dest === undefined && params.clone) throw wrong("the destination directory must be specified unless clone=no");
  return { dest: dest ?? "/dev/null/no-checkout", ...(archive !== undefined && { archive }) };
}

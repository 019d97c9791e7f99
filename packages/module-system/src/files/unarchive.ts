import type { LocalFile } from "@evenkeel/core";
import { isUnsettled, Refused, StepError } from "@evenkeel/core";
import type { UnpackedVia } from "@evenkeel/kinds";
import { comparisonIn, file, followed, lookAt, unpacked } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams, attributesOf } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { demandSense } from "./demand-sense.ts";
import { isThere } from "./existence.ts";
import { fileFields, fileReturns } from "./file-result.ts";

const list = (description: string) =>
  Type.Array(Type.String({ description }), { split: true, default: [], description });
const { unsafe_writes: _, ...attributes } = attributeParams;

export const unarchive = defineFileModule({
  name: "unarchive",
  summary: "What is in an archive (tar, also compressed, or zip), in a folder.",
  params: Type.Object(
    {
      src: Type.Unsafe<LocalFile | string>({
        ...{ type: "string", local: "file", unless: "remote_src" },
        description: "the archive, here",
      }),
      dest: Type.String({ description: "the folder, which must be there" }),
      remote_src: Type.Boolean({ default: false, description: "the archive is on the host" }),
      creates: Type.Optional(Type.String({ description: "where this is, nothing is done" })),
      list_files: Type.Boolean({ default: false, description: "the result names what is in the archive" }),
      keep_newer: Type.Boolean({ default: false, description: "what is there and newer stays" }),
      include: list("only these"),
      exclude: list("all but these"),
      extra_opts: list("more words for tar or unzip"),
      decrypt: Type.Boolean({ default: true, description: "what a vault has encrypted is decrypted first" }),
      copy: Refused("it is the old name of remote_src, and its opposite"),
      io_buffer_size: Refused("archives are not copied through memory here"),
      validate_certs: Refused("archives are not downloaded here: get_url does that"),
      ...attributes,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const { src, dest, creates, include, exclude } = params;
    demandSense("unarchive", {
      "`include` and `exclude` exclude each other": include.length > 0 && exclude.length > 0,
      "`src` is no address here: download it with get_url first": typeof src === "string" && src.includes("://"),
    });
    const folder = cleanPath(dest);
    return {
      ...lookAt(folder),
      content: unpacked(folder, viaOf(params)),
      creates: creates ? [file(cleanPath(creates))] : [],
    };
  },
  plan(answers, params) {
    if (isThere(answers.creates)) return [];
    const folder = followed(answers);
    if (!isUnsettled(folder.state) && folder.state.type !== "directory") {
      throw new StepError({
        code: "unarchive/no-folder",
        message: `${params.dest} is no folder, so nothing can be unpacked into it`,
        hint: "make it before: file: path=… state=directory",
      });
    }
    if (comparisonIn(answers.content.state, answers.content.via)?.state === "no-archive") {
      throw new StepError({
        code: "unarchive/no-archive",
        message: `${nameOf(params.src)} is not there, or cannot be read`,
      });
    }
    return unpacked.ensure(answers.content, viaOf(params));
  },
  result({ before, after, outputs }, params) {
    if (isThere(before.creates)) return { skipped: true, msg: `skipped, since ${params.creates} exists` };
    const printed = outputs.at(-1)?.stdout.trim().split("\n") ?? [];
    const content = comparisonIn(before.content.state, before.content.via);
    const known = content !== undefined && "names" in content ? content.names : [];
    const names = printed.length > 0 ? printed.slice(1).map((name) => name.replace(/^\.\//, "")) : known;
    return {
      ...{ dest: params.dest, src: nameOf(params.src) },
      ...fileFields(followed(after)),
      ...(printed[0] && { handler: handlers[printed[0]] }),
      ...(params.list_files && { files: names }),
    };
  },
  returns: Type.Object({
    dest: Type.Optional(Type.String({ description: "the folder" })),
    src: Type.Optional(Type.String({ description: "the archive" })),
    skipped: Type.Optional(Type.Boolean({ description: "nothing was done, since `creates` is there" })),
    handler: Type.Optional(Type.String({ description: "the archive's sort" })),
    files: Type.Optional(Type.Array(Type.String(), { description: "what is in the archive" })),
    msg: Type.Optional(Type.String({ description: "why nothing was done" })),
    ...fileReturns,
  }),
});

const handlers: Readonly<Record<string, string>> = {
  ...{ tar: "TarArchive", gzip: "TgzArchive", bzip2: "TarBzipArchive", xz: "TarXzArchive", zstd: "TarZstdArchive" },
  zip: "ZipArchive",
};

interface UnarchiveParams {
  readonly src: LocalFile | string;
  readonly mode?: string | number;
  readonly owner?: string;
  readonly group?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly extra_opts: readonly string[];
  readonly keep_newer: boolean;
  readonly list_files: boolean;
}

function viaOf({ src, include, exclude, extra_opts, keep_newer, list_files, ...whose }: UnarchiveParams): UnpackedVia {
  return {
    archive: typeof src === "string" ? { hostFile: cleanPath(src) } : src,
    ...attributesOf(whose),
    ...{ include, exclude, options: extra_opts, keepNewer: keep_newer, lists: list_files },
  };
}

function nameOf(src: LocalFile | string): string {
  return typeof src === "string" ? src : src.localFile;
}

import type { LocalFile, Observed } from "@evenkeel/core";
import { isUnsettled, MaybeSecret } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { file, followed, followedFile, itself } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { copyFolder, lookForFolder, placeOfFolder } from "./copy-folder.ts";
import { contentOnHost } from "./copy-on-host.ts";
import { demandChecksum, nameOfSource, sourceOf, writingOf } from "./copy-source.ts";
import { defineFileModule } from "./define-file-module.ts";
import { backupField, backupReturns, checksumFields, checksumReturns, fileFields, fileReturns } from "./file-result.ts";
import { lookForPlace, placeOf } from "./place.ts";
import { writeContent } from "./write-content.ts";

export const copy = defineFileModule({
  name: "copy",
  summary: "A file or folder, from here or from elsewhere on the host, or a file with the given content.",
  params: Type.Object(
    {
      dest: Type.String({ description: "where it is to be; what ends with `/`, or is a folder, is put into" }),
      src: Type.Optional(
        Type.Unsafe<LocalFile | string>({
          ...{ type: "string", local: "either", unless: "remote_src" },
          description: "a file or folder of ours; of a folder that ends with `/`, only what is in it",
        }),
      ),
      content: Type.Optional(MaybeSecret({ description: "what is to be in the file" })),
      remote_src: Type.Boolean({ default: false, description: "`src` is on the host" }),
      force: Type.Boolean({ default: true, aliases: ["thirsty"], description: "replace a file that is there" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      follow: Type.Boolean({ default: false, description: "write what a link leads to, not over the link" }),
      local_follow: Type.Boolean({ default: true, description: "links of ours are taken as what they lead to" }),
      directory_mode: Type.Optional(
        Type.Union([Type.String(), Type.Integer()], { description: "the mode of folders that are made on the way" }),
      ),
      checksum: Type.Optional(Type.String({ description: "the SHA-1 that a `content` must have" })),
      decrypt: Type.Boolean({ default: true, description: "what a vault has encrypted is decrypted first" }),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const source = sourceOf(params);
    const onHost = cleanPath(source.from === "host" ? source.path : params.dest);
    return {
      ...lookForPlace(params.dest, nameOfSource(source)),
      source: file(onHost),
      sourceFollowed: followedFile(onHost),
      ...lookForFolder(source, params),
    };
  },
  plan(answers, params) {
    const source = sourceOf(params);
    demandChecksum(params.checksum, source);
    if (source.from === "folder") return copyFolder(answers, source, params);
    const place = placeOf(answers, params.dest, nameOfSource(source));
    if (source.from === "host" && isFolder(answers)) return copyFolder(answers, source, params);
    if (source.from === "host") {
      const { content, mode } = contentOnHost({
        current: answers.source,
        followed: answers.sourceFollowed,
        folders: [],
      });
      return writeContent(place, { ...writingOf(params, mode), content });
    }
    const [content, mode] = source.from === "file" ? [source.file, source.file.mode] : [source.content, undefined];
    return writeContent(place, { ...writingOf(params, mode), content });
  },
  result({ after, changes, outputs }, params) {
    const { src, content } = params;
    const source = sourceOf(params);
    if (source.from === "folder") return { dest: placeOfFolder(source.folder, params), src: source.folder };
    if (source.from === "host" && isFolder(after))
      return { dest: placeOfFolder(source.path, params), src: source.path };
    const place = placeOf(after, params.dest, nameOfSource(source));
    const target = params.follow ? followed(place) : itself(place);
    return {
      dest: target.key,
      ...(src !== undefined && { src: typeof src === "string" ? src : src.localFile }),
      ...fileFields(target),
      ...checksumFields(content),
      ...backupField(changes, outputs),
    };
  },
  returns: Type.Object({
    dest: Type.String({ description: "where it is" }),
    src: Type.Optional(Type.String({ description: "where it came from" })),
    ...fileReturns,
    ...checksumReturns,
    ...backupReturns,
  }),
});

interface SourceAnswers {
  readonly source: Observed<FileState>;
  readonly sourceFollowed: Observed<FileState>;
}

function isFolder({ source, sourceFollowed }: SourceAnswers): boolean {
  const { state } = followed({ current: source, followed: sourceFollowed, folders: [] });
  return !isUnsettled(state) && state.type === "directory";
}

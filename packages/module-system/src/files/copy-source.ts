import { hash } from "node:crypto";
import type { LocalFile } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import type { AttributeParams } from "./attribute-params.ts";
import { attributesOf, validationOf } from "./attribute-params.ts";
import { nameIn } from "./clean-path.ts";

/** What of copy's parameters says where the content comes from. */
export interface SourceParams {
  readonly src?: LocalFile | string;
  readonly content?: string | Secret;
  readonly dest: string;
  readonly remote_src: boolean;
}

/** A file of ours, with its mode where whoever found it says so. */
interface FoundFile extends LocalFile {
  readonly mode?: string;
}

/** Where a content comes from. */
export type Source =
  | { readonly from: "text"; readonly content: string | Secret }
  | { readonly from: "file"; readonly file: FoundFile }
  | { readonly from: "folder"; readonly folder: string }
  | { readonly from: "host"; readonly path: string };

export function sourceOf({ src, content, dest, remote_src }: SourceParams): Source {
  if (src === undefined && content === undefined) throw wrong("copy needs `src` or `content`");
  if (src !== undefined && content !== undefined) throw wrong("copy takes `src` or `content`, not both");
  if (content !== undefined && dest.endsWith("/")) throw wrong(`${dest} names a folder, and \`content\` is for a file`);
  if (content !== undefined) return { from: "text", content };
  if (typeof src === "object") return { from: "file", file: src };
  return remote_src ? { from: "host", path: src ?? "" } : { from: "folder", folder: src ?? "" };
}

/** The name that a source has in a folder that it is put into. */
export function nameOfSource(source: Source): string | undefined {
  switch (source.from) {
    case "text":
      return undefined;
    case "file":
      return nameIn(source.file.localFile);
    case "host":
      return nameIn(source.path);
    case "folder":
      return undefined;
  }
}

/** A sum in the playbook is compared with a text; a file of ours is always checked by its SHA-256 when it arrives. */
export function demandChecksum(checksum: string | undefined, source: Source): void {
  if (checksum === undefined || checksum === "") return;
  if (source.from !== "text") {
    throw wrong(
      "`checksum` is only compared with a `content`",
      "files are always checked by their SHA-256 when they arrive",
    );
  }
  const text = source.content instanceof Secret ? source.content.reveal() : source.content;
  const actual = hash("sha1", text);
  if (actual !== checksum) throw wrong(`the content's checksum is ${actual}, and is to be ${checksum}`);
}

interface WritingParams extends AttributeParams {
  readonly dest: string;
  readonly validate?: string;
  readonly force: boolean;
  readonly follow: boolean;
  readonly backup: boolean;
  readonly unsafe_writes?: boolean;
  readonly directory_mode?: string | number;
}

/** How a content is put in its place; `mode: preserve` asks for the source's own. */
export function writingOf(params: WritingParams, ownMode: string | undefined) {
  const { force, follow, backup, unsafe_writes: inPlace = false, directory_mode, dest } = params;
  const attributes =
    params.mode === "preserve" ? attributesOf({ ...params, mode: demandMode(ownMode) }) : attributesOf(params);
  const { mode: _, ...whose } = attributes;
  const folderMode = attributesOf({ ...(directory_mode !== undefined && { mode: directory_mode }) });
  const folders = dest.endsWith("/") ? { ...whose, ...folderMode } : undefined;
  return { attributes, validate: validationOf(params.validate), force, follow, backup, inPlace, folders };
}

function demandMode(mode: string | undefined): string {
  if (mode !== undefined) return mode;
  throw wrong("`mode: preserve` needs a source that has a mode of its own", "say the mode: mode: '0644'");
}

function wrong(message: string, hint?: string): InputError {
  return new InputError({ code: "copy/params", message, ...(hint !== undefined && { hint }) });
}

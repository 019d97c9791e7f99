import { normalize } from "node:path/posix";
import { defineModule, InputError, isUnsettled, StepError } from "@evenkeel/core";
import { fetched } from "@evenkeel/kinds";
import { Type } from "typebox";
import { cleanPath, nameIn } from "./clean-path.ts";

export const fetch = defineModule({
  name: "fetch",
  summary: "A file of the host's, brought here.",
  params: Type.Object(
    {
      src: Type.String({ description: "the file on the host" }),
      dest: Type.String({
        local: "path",
        description: "the folder here; the file is put into it under the host's name and its path",
      }),
      flat: Type.Boolean({
        default: false,
        description: "`dest` is the file itself, or its folder if it ends with `/`",
      }),
      fail_on_missing: Type.Boolean({ default: true, description: "the file must be there" }),
      validate_checksum: Type.Boolean({ default: true, description: "what came is checked; it always is" }),
      inventory_hostname: Type.Optional(
        Type.String({ variable: "inventory_hostname", description: "the host's name; who runs the task gives it" }),
      ),
    },
    { additionalProperties: false },
  ),
  observe: (params) => ({ copy: fetched(placeHere(params), { from: cleanPath(params.src) }) }),
  plan({ copy }, { src, fail_on_missing }) {
    const { state } = copy;
    const there = isUnsettled(state) ? "file" : state.there.state;
    if (there === "file") return fetched.ensure(copy, { from: cleanPath(src) });
    if (!fail_on_missing) return [];
    throw new StepError({
      code: "fetch/missing",
      message:
        there === "absent"
          ? `${src} is not there to be fetched`
          : `${src} is ${there === "folder" ? "a folder" : "unreadable"}, and cannot be fetched`,
      hint: "fail_on_missing: false goes on without it",
    });
  },
  result({ before: { copy }, outputs }, { src }) {
    const { state, key } = copy;
    if (!isUnsettled(state) && state.there.state !== "file") {
      return {
        file: src,
        msg:
          state.there.state === "absent"
            ? "the remote file does not exist, not transferring, ignored"
            : "remote file is a directory, fetch cannot work on directories, not transferring, ignored",
      };
    }
    const sums = outputs[0]?.data as { readonly checksum: string; readonly md5sum: string } | undefined;
    return {
      dest: key,
      file: src,
      ...(sums && {
        checksum: sums.checksum,
        md5sum: sums.md5sum,
        remote_checksum: sums.checksum,
        remote_md5sum: null,
      }),
    };
  },
  returns: Type.Object({
    dest: Type.Optional(Type.String({ description: "where it is here" })),
    file: Type.Optional(Type.String({ description: "the file on the host" })),
    msg: Type.Optional(Type.String({ description: "why it was not fetched" })),
    checksum: Type.Optional(Type.String({ description: "its SHA-1, when it was brought" })),
    md5sum: Type.Optional(Type.String({ description: "its MD5, when it was brought" })),
    remote_checksum: Type.Optional(Type.String({ description: "its SHA-1 on the host" })),
    remote_md5sum: Type.Optional(Type.Null({ description: "nothing" })),
  }),
});

interface FetchParams {
  readonly src: string;
  readonly dest: string;
  readonly flat: boolean;
  readonly inventory_hostname?: string;
}

/** Never outside of `dest`, whatever the host is called and whatever is asked of it. */
function placeHere({ src, dest, flat, inventory_hostname: host = "" }: FetchParams): string {
  if (flat) return dest.endsWith("/") ? `${dest}${nameIn(src)}` : dest;
  const folder = cleanPath(dest);
  const place = normalize(`${folder}/${host}/${src.replace(/^~/, "")}`);
  const isSound = host !== "" && host !== "." && host !== ".." && !/[/\0]/.test(host);
  if (isSound && place.startsWith(`${normalize(folder)}/${host}/`)) return place;
  throw new InputError({
    code: "fetch/place",
    message: `${src} of ${JSON.stringify(host)} would be put outside of ${dest}`,
    hint: "a path with `..`, or a host's name that is no name of a folder: use flat: true with a path of its own",
  });
}

import { defineModule, InputError, isUnsettled } from "@evenkeel/core";
import type { FindVia } from "@evenkeel/kinds";
import { checksumAlgorithms, find as findKind } from "@evenkeel/kinds";
import { Type } from "typebox";
import { cleanPath } from "./clean-path.ts";
import { matching } from "./find-matching.ts";
import { statFields, statReturns } from "./stat-fields.ts";

const list = (description: string, aliases: readonly string[]) =>
  Type.Array(Type.String({ description }), { split: true, aliases, description });

export const find = defineModule({
  name: "find",
  summary: "The files below folders that fit.",
  params: Type.Object(
    {
      paths: list("the folders", ["name", "path"]),
      patterns: Type.Optional(list("names that fit: patterns of the shell, or expressions", ["pattern"])),
      excludes: Type.Optional(list("names that do not fit, of those that do", ["exclude"])),
      use_regex: Type.Boolean({ default: false, description: "names are told by regular expressions" }),
      contains: Type.Optional(Type.String({ description: "a regular expression that a line begins with" })),
      read_whole_file: Type.Boolean({ default: false, description: "that is looked for in the whole file" }),
      encoding: Type.Optional(Type.Union([Type.Literal("utf-8"), Type.Literal("utf8")], { description: "only utf-8" })),
      file_type: Type.Union(
        (["any", "directory", "file", "link"] as const).map((sort) => Type.Literal(sort)),
        { default: "file", description: "what is looked for" },
      ),
      age: Type.Optional(Type.String({ description: "at least so old, or (-) at most: 30s, 5m, 2h, 1d, 4w" })),
      age_stamp: Type.Union(
        (["atime", "ctime", "mtime"] as const).map((stamp) => Type.Literal(stamp)),
        { default: "mtime", description: "since when" },
      ),
      size: Type.Optional(Type.String({ description: "at least so large, or (-) at most: 10, 5k, 2m, 1g, 1t" })),
      mode: Type.Optional(Type.String({ description: "this mode" })),
      exact_mode: Type.Boolean({ default: true, description: "exactly; else any of its permissions" }),
      recurse: Type.Boolean({ default: false, description: "look into folders" }),
      depth: Type.Optional(Type.Integer({ description: "how deep" })),
      hidden: Type.Boolean({ default: false, description: "what begins with a dot, too" }),
      follow: Type.Boolean({ default: false, description: "look into folders that links lead to" }),
      get_checksum: Type.Boolean({ default: false, description: "sums of files are wanted" }),
      checksum_algorithm: Type.Union(
        checksumAlgorithms.map((name) => Type.Literal(name)),
        { default: "sha1", aliases: ["checksum", "checksum_algo"], description: "which sum" },
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, description: "no more than so many" })),
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const folders = params.paths.map(cleanPath);
    for (const folder of folders) {
      if (!/^[/~]/.test(folder))
        throw new InputError({ code: "find/path", message: `find: not an absolute path: ${folder}` });
    }
    return { folders: folders.map((folder) => findKind(folder, viaOf(params))) };
  },
  plan: () => [],
  result({ after: { folders } }, params) {
    const files: Record<string, unknown>[] = [];
    const skipped: Record<string, string> = {};
    let examined = 0;
    for (const { state, key } of folders) {
      if (isUnsettled(state)) continue;
      if (state.state === "absent") {
        skipped[key] = `'${key}' is not a directory`;
        continue;
      }
      examined += state.found.length;
      for (const { path, checksum, ...found } of matching(state, params)) {
        files.push({ path, ...statFields(found), ...(checksum !== undefined && { checksum }) });
      }
    }
    const kept = files.slice(0, params.limit);
    const isAll = Object.keys(skipped).length === 0;
    const msg = isAll
      ? kept.length === params.limit
        ? "Limit of matches reached"
        : "All paths examined"
      : "Not all paths examined, check warnings for details";
    return { files: kept, matched: kept.length, examined, skipped_paths: skipped, msg };
  },
  returns: Type.Object({
    files: Type.Array(Type.Object(statReturns), { description: "what was found" }),
    matched: Type.Integer({ description: "how many that are" }),
    examined: Type.Integer({ description: "how many were looked at" }),
    skipped_paths: Type.Unsafe<Record<string, string>>({
      type: "object",
      description: "folders that were not looked into, and why",
    }),
    msg: Type.String({ description: "whether all folders were looked into" }),
  }),
});

interface FindParams {
  readonly file_type: FindVia["sort"];
  readonly recurse: boolean;
  readonly depth?: number;
  readonly hidden: boolean;
  readonly follow: boolean;
  readonly patterns?: readonly string[];
  readonly use_regex: boolean;
  readonly contains?: string;
  readonly get_checksum: boolean;
  readonly checksum_algorithm: (typeof checksumAlgorithms)[number];
}

/** As much as the host's own `find` can sort out. */
function viaOf(params: FindParams): FindVia {
  const { file_type: sort, recurse, depth, hidden, follow, patterns = [], use_regex, contains, get_checksum } = params;
  const deepest = recurse ? depth || undefined : 1;
  return {
    ...{ sort, hidden, follow, names: use_regex ? [] : patterns, contents: contains !== undefined && sort === "file" },
    ...(deepest !== undefined && { depth: deepest }),
    ...(get_checksum && { algorithm: params.checksum_algorithm }),
  };
}

import { below, file, fileTimes, followedFile, lookAt } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams, attributesOf } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { fileFields, fileReturns } from "./file-result.ts";
import { changesTo, saidOf } from "./file-states.ts";
import { clockTimes, desiredTimes } from "./file-time-params.ts";
import { sourceOfLink } from "./link-source.ts";

const states = ["absent", "directory", "file", "hard", "link", "touch"] as const;

const time = (what: string) =>
  Type.Optional(Type.String({ description: `${what}: now, preserve, or a time in the host's time zone` }));

export const fileModule = defineFileModule({
  name: "file",
  summary: "A folder, a link, an empty file, the attributes of a path, or nothing there.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest", "name"], description: "the path on the host" }),
      state: Type.Optional(
        Type.Union(
          states.map((state) => Type.Literal(state)),
          { description: "what it is to be; `file` changes attributes only; left out: what it is" },
        ),
      ),
      src: Type.Optional(Type.String({ description: "what a link leads to" })),
      recurse: Type.Boolean({ default: false, description: "the attributes are everything's below a folder, too" }),
      force: Type.Boolean({
        default: false,
        description: "a link may lead to what is not there, and take the place of a file or an empty folder",
      }),
      follow: Type.Boolean({ default: true, description: "attributes are those of what a link leads to" }),
      modification_time: time("when it was modified"),
      modification_time_format: Type.String({ default: "%Y%m%d%H%M.%S", description: "how that is written" }),
      access_time: time("when it was read"),
      access_time_format: Type.String({ default: "%Y%m%d%H%M.%S", description: "how that is written" }),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const path = cleanPath(params.path);
    const source = sourceOfLink(params);
    return {
      ...lookAt(path),
      source: file(source ?? path),
      sourceFollowed: followedFile(source ?? path),
      below: params.recurse ? [below(path, attributesOf(params))] : [],
      times: Object.keys(desiredTimes(params)).length > 0 ? [fileTimes(path, clockTimes(params))] : [],
    };
  },
  plan: (answers, params) => changesTo(answers, params),
  result({ after }, params) {
    const { target, isLink } = saidOf(after, params);
    return {
      ...(isLink ? { dest: cleanPath(params.path) } : { path: target.key }),
      ...(params.src !== undefined && { src: params.src }),
      ...fileFields(target),
      ...(params.state === "hard" && { state: "hard" }),
    };
  },
  returns: Type.Object({
    path: Type.Optional(Type.String({ description: "the path; of links and touched files it is `dest`" })),
    dest: Type.Optional(Type.String({ description: "the path of a link or a touched file" })),
    src: Type.Optional(Type.String({ description: "what a link leads to" })),
    ...fileReturns,
  }),
});

import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { bytes } from "@evenkeel/kinds";
import { Type } from "typebox";
import { cleanPath } from "./clean-path.ts";

export const slurp = defineModule({
  name: "slurp",
  summary: "What is in a file of the host's.",
  params: Type.Object(
    { src: Type.String({ aliases: ["path"], description: "the file; at most 16 MiB" }) },
    { additionalProperties: false },
  ),
  observe: ({ src }) => ({ current: bytes(cleanPath(src)) }),
  plan({ current: { state, key } }) {
    if (isUnsettled(state) || state.state === "present") return [];
    const what = {
      absent: "is not there",
      folder: "is a folder",
      unreadable: "cannot be read",
      "too long": "is longer than 16 MiB",
    };
    throw new StepError({
      code: "slurp/unreadable",
      message: `${key} ${what[state.state]}`,
      ...(state.state === "too long" && { hint: "fetch brings a file of any length" }),
    });
  },
  result({ after: { current } }, { src }) {
    const { state } = current;
    if (isUnsettled(state) || state.state !== "present") return {};
    return { content: state.base64, encoding: "base64", source: src };
  },
  returns: Type.Object({
    content: Type.String({ description: "what is in the file, as base64" }),
    encoding: Type.String({ description: "base64" }),
    source: Type.String({ description: "the file" }),
  }),
});

import { defineModule } from "@evenkeel/core";
import { makeTemporary, temporary } from "@evenkeel/kinds";
import { Type } from "typebox";
import { demandSense } from "./demand-sense.ts";

export const tempfile = defineModule({
  name: "tempfile",
  summary: "A new file or folder under a name of its own, which somebody else removes.",
  params: Type.Object(
    {
      state: Type.Union([Type.Literal("file"), Type.Literal("directory")], {
        default: "file",
        description: "what it is",
      }),
      path: Type.Optional(Type.String({ description: "the folder that it is in; left out: the host's for such" })),
      prefix: Type.String({ default: "ansible.", description: "how its name begins" }),
      suffix: Type.String({ default: "", description: "how its name ends" }),
    },
    { additionalProperties: false },
  ),
  observe({ path = "", prefix, suffix }) {
    const wrong = { "`prefix` and `suffix` hold no `/`": `${prefix}${suffix}`.includes("/") };
    demandSense("tempfile", { ...wrong, "`path` is absolute": path !== "" && !path.startsWith("/") });
    return { made: temporary(`${path === "" ? "" : `${path}/`}${prefix}*${suffix}`) };
  },
  plan: ({ made }, { state, path = "", prefix, suffix }) =>
    temporary.ensure(made, { action: "run", steps: [makeTemporary(state, path, prefix, suffix)], shows: { state } }),
  result: ({ outputs }, { state }) => ({ path: outputs[0]?.stdout.trim() ?? "", state }),
  returns: Type.Object({
    path: Type.String({ description: "where it is" }),
    state: Type.String({ description: "file or directory" }),
  }),
});

import { defineModule, isUnsettled } from "@evenkeel/core";
import { packageSelection } from "@evenkeel/kinds";
import { Type } from "typebox";

export const dpkgSelections = defineModule({
  name: "dpkg_selections",
  summary: "What dpkg is to do with a package: hold it at its version, or let it go.",
  params: Type.Object(
    {
      name: Type.String({ description: "the package" }),
      selection: Type.Enum(["install", "hold", "deinstall", "purge"], {
        type: "string",
        description: "`hold` keeps its version, `install` lets it be upgraded",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ name }) => ({ current: packageSelection(name) }),
  plan: ({ current }, { selection }) => packageSelection.ensure(current, { selection }),
  result({ before: { current } }, { selection }) {
    return { before: isUnsettled(current.state) ? "not present" : current.state.selection, after: selection };
  },
  returns: Type.Object({
    before: Type.String({ description: "the selection before" }),
    after: Type.String({ description: "the selection now" }),
  }),
});

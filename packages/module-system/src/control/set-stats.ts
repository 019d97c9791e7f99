import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";
import { checkVariableName } from "./variable-name.ts";

export const setStats = defineModule({
  name: "set_stats",
  summary: "Figures of a run. They are in the registered result; no summary prints them, as with Ansible's defaults.",
  params: Type.Object(
    {
      data: Type.Object({}, { additionalProperties: true, description: "names and values" }),
      per_host: Type.Boolean({ default: false, description: "they belong to the host, not to the run" }),
      aggregate: Type.Boolean({ default: true, description: "they are added to what was said before" }),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan(_answers, { data }) {
    for (const name of Object.keys(data)) checkVariableName(name);
    return [];
  },
  result: (_made, { data, per_host, aggregate }) => ({ changed: false, ansible_stats: { data, per_host, aggregate } }),
  returns: Type.Object({
    ansible_stats: Type.Object(
      {
        data: Type.Object({}, { additionalProperties: true, description: "the figures" }),
        per_host: Type.Boolean({ description: "whether they belong to the host" }),
        aggregate: Type.Boolean({ description: "whether they are added up" }),
      },
      { description: "what is counted" },
    ),
  }),
});

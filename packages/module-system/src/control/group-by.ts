import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";

export const groupBy = defineModule({
  name: "group_by",
  summary: "A group that the host is in, for the plays that come after.",
  params: Type.Object(
    {
      key: Type.String({ description: "the group's name" }),
      parents: Type.Array(Type.String(), { default: ["all"], description: "the groups that it is in" }),
    },
    { additionalProperties: false },
  ),
  remembers: "hosts",
  observe: () => ({}),
  plan: () => [],
  result: (_made, { key, parents }) => ({
    changed: false,
    add_group: groupName(key),
    parent_groups: parents.map(groupName),
  }),
  returns: Type.Object({
    add_group: Type.String({ description: "the group" }),
    parent_groups: Type.Array(Type.String(), { description: "the groups that it is in" }),
  }),
});

function groupName(text: string): string {
  return text.replaceAll(" ", "-");
}

import { defineModule } from "@evenkeel/core";
import type { DesiredFile } from "@evenkeel/kinds";
import { file } from "@evenkeel/kinds";
import { Type } from "typebox";

const states = ["file", "directory", "link", "absent"] as const;

export const fileModule = defineModule({
  name: "file",
  summary: "A folder, a link, or the attributes of a file.",
  params: Type.Object(
    {
      path: Type.String({ description: "the absolute path on the host" }),
      state: Type.Union(
        states.map((state) => Type.Literal(state)),
        {
          default: "file",
          description: "what it is to be; `file` changes attributes of what is there, and creates nothing",
        },
      ),
      src: Type.Optional(Type.String({ description: "where a link points" })),
      mode: Type.Optional(Type.String({ pattern: "^[0-7]{3,4}$", description: "its mode in octal, such as 0755" })),
      owner: Type.Optional(Type.String({ description: "whose it is" })),
      group: Type.Optional(Type.String({ description: "whose group's it is" })),
    },
    { additionalProperties: false },
  ),
  observe: ({ path }) => ({ current: file(path) }),
  plan: ({ current }, { path: _, state, src = "", ...attributes }) =>
    file.ensure(current, desired(state, src, attributes)),
});

function desired(
  state: (typeof states)[number],
  target: string,
  attributes: { readonly mode?: string; readonly owner?: string; readonly group?: string },
): DesiredFile {
  if (state === "absent") return { type: "absent" };
  return state === "link" ? { type: "link", target } : { type: state, ...attributes };
}

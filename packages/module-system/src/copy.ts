import { defineModule } from "@evenkeel/core";
import { file } from "@evenkeel/kinds";
import { Type } from "typebox";

export const copy = defineModule({
  name: "copy",
  summary: "A file with the given content.",
  params: Type.Object(
    {
      dest: Type.String({ description: "the file's absolute path on the host" }),
      content: Type.String({ description: "what is to be in it" }),
      mode: Type.Optional(Type.String({ pattern: "^[0-7]{3,4}$", description: "its mode in octal, such as 0644" })),
      owner: Type.Optional(Type.String({ description: "whose it is" })),
      group: Type.Optional(Type.String({ description: "whose group's it is" })),
    },
    { additionalProperties: false },
  ),
  observe: ({ dest }) => ({ current: file(dest) }),
  plan: ({ current }, { dest: _, ...desired }) => file.ensure(current, desired),
});

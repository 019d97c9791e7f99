import { defineModule } from "@evenkeel/core";
import { file } from "@evenkeel/kinds";
import { Type } from "typebox";

export const greeting = defineModule({
  name: "greeting",
  summary: "The message shown at login.",
  params: Type.Object({ text: Type.String({ description: "what to show" }) }, { additionalProperties: false }),
  observe: () => ({ current: file("/etc/motd") }),
  plan: ({ current }, { text }) => file.ensure(current, { content: `${text}\n`, mode: "0644" }),
});

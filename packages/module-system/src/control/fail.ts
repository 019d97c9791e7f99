import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";

export const fail = defineModule({
  name: "fail",
  summary: "Fails, with a message.",
  params: Type.Object(
    { msg: Type.String({ default: "Failed as requested from task", description: "why" }) },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan: () => [],
  result: (_made, { msg }) => ({ failed: true, msg }),
  returns: Type.Object({ msg: Type.String({ description: "why" }) }),
});

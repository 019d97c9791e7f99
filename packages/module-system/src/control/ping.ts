import { defineModule } from "@evenkeel/core";
import { file } from "@evenkeel/kinds";
import { Type } from "typebox";

export const ping = defineModule({
  name: "ping",
  summary: "Whether a host answers us. This is no ICMP.",
  params: Type.Object(
    { data: Type.String({ default: "pong", description: "what it is to answer; `crash` makes it fail" }) },
    { additionalProperties: false },
  ),
  observe: () => ({ root: file("/") }),
  plan: () => [],
  result: (_made, { data }) => (data === "crash" ? { failed: true, msg: "boom" } : { changed: false, ping: data }),
  returns: Type.Object({ ping: Type.String({ description: "what it answered" }) }),
});

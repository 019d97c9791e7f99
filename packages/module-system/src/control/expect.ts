import { defineModule, Refused } from "@evenkeel/core";
import { Type } from "typebox";

const reason =
  "a program that asks questions cannot be planned and breaks when its words change; most take the answers as options, in a file, or on stdin (`command` with `stdin`)";

export const expect = defineModule({
  name: "expect",
  summary: "Not supported: answering the questions of a program.",
  freeForm: "command",
  params: Type.Object({ command: Refused(reason), responses: Refused(reason) }, { additionalProperties: true }),
  observe: () => ({}),
  plan: () => [],
});

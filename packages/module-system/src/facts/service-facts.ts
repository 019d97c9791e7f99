import { defineModule, isUnsettled } from "@evenkeel/core";
import { serviceList } from "@evenkeel/kinds";
import { Type } from "typebox";

export const serviceFacts = defineModule({
  name: "service_facts",
  summary: "All services of a host, as facts.",
  params: Type.Object({}, { additionalProperties: false }),
  observe: () => ({ list: serviceList("all") }),
  plan: () => [],
  remembers: "facts",
  result: ({ before: { list } }) => ({
    ansible_facts: { services: isUnsettled(list.state) ? {} : list.state.services },
  }),
  returns: Type.Object({
    ansible_facts: Type.Object(
      { services: Type.Record(Type.String(), Type.Unknown()) },
      { description: "`services`: states by name" },
    ),
  }),
});

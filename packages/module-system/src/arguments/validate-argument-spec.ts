import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";
import type { ArgumentSpec } from "./argument-spec.ts";
import { validateArguments } from "./validate-arguments.ts";

const Mapping = (description: string) => Type.Object({}, { additionalProperties: true, description });

export const validateArgumentSpec = defineModule({
  name: "validate_argument_spec",
  summary: "Fails unless variables are as a role's argument spec wants them.",
  params: Type.Object(
    {
      argument_spec: Type.Unsafe<ArgumentSpec>({ type: "object", description: "names, and what each may be" }),
      provided_arguments: Type.Optional(Mapping("values, in place of variables of the same names")),
      validate_args_context: Type.Optional(Mapping("where the spec comes from")),
      variables: Type.Optional(
        Type.Unsafe<Readonly<Record<string, unknown>>>({
          ...{ type: "object", variablesNamedBy: "argument_spec" },
          description: "the variables that the spec names",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan: () => [],
  result(_made, { argument_spec: spec, provided_arguments = {}, validate_args_context = {}, variables = {} }) {
    const errors = validateArguments(spec, { ...variables, ...provided_arguments });
    if (errors.length === 0) {
      return { changed: false, msg: "The arg spec validation passed", validate_args_context };
    }
    return {
      ...{ failed: true, msg: `Validation of arguments failed:\n${errors.join("\n")}` },
      ...{ argument_errors: errors, argument_spec_data: spec, validate_args_context },
    };
  },
  returns: Type.Object({
    msg: Type.String({ description: "what is wrong" }),
    argument_errors: Type.Optional(Type.Array(Type.String(), { description: "the same, one by one" })),
    argument_spec_data: Type.Optional(Mapping("the spec")),
    validate_args_context: Mapping("where the spec comes from"),
  }),
});

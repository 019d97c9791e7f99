import type { AnyModule } from "@evenkeel/core";
import { defineModule } from "@evenkeel/core";

/** Modules that ask nothing of a host, as Ansible's of the same names: enough to see what the language does. */
export const pureModules: ReadonlyMap<string, AnyModule> = new Map(
  [
    make("debug", {
      properties: { msg: {}, var: { expression: true }, verbosity: { type: "integer", default: 0 } },
    }),
    make("set_fact", { properties: { cacheable: { type: "boolean", default: false } }, additionalProperties: true }),
    make("assert", {
      properties: {
        that: { type: "array", items: { expression: true } },
        fail_msg: { aliases: ["msg"] },
        success_msg: {},
        quiet: { type: "boolean" },
      },
      required: ["that"],
    }),
    make("fail", { properties: { msg: { type: "string", default: "Failed as requested from task" } } }),
    make(
      "include_vars",
      {
        properties: {
          file: { type: "string", local: "vars" },
          dir: { type: "string", local: "varsTree" },
          name: { type: "string" },
          extensions: { type: "array", items: { type: "string" } },
        },
      },
      "file",
    ),
    make("add_host", {
      properties: {
        name: { type: "string", aliases: ["hostname", "host"] },
        groups: { type: "array", items: { type: "string" }, split: true, aliases: ["groupname", "group"] },
      },
      required: ["name"],
      additionalProperties: true,
    }),
    make("group_by", {
      properties: { key: { type: "string" }, parents: { type: "array", items: { type: "string" }, split: true } },
      required: ["key"],
    }),
    make("validate_argument_spec", {
      properties: {
        argument_spec: { type: "object" },
        provided_arguments: { type: "object" },
        validate_args_context: { type: "object" },
      },
    }),
    make("ping", { properties: { data: { type: "string", default: "pong" } } }),
  ].map((module) => [String(module.name), module]),
);

function make(name: string, schema: object, freeForm?: string): AnyModule {
  return defineModule({
    name,
    summary: "",
    params: { type: "object", additionalProperties: false, ...schema } as never,
    observe: () => ({}),
    plan: () => [],
    ...(freeForm !== undefined && { freeForm }),
  });
}

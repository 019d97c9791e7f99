import type { AnyModule } from "@evenkeel/core";
import { defineModule } from "@evenkeel/core";

type Params = Readonly<Record<string, unknown>>;
type Result = Readonly<Record<string, unknown>>;

interface Condition {
  readonly source: string;
  readonly value: unknown;
}

interface Pure {
  readonly schema: object;
  readonly result?: (params: Params) => Result;
  readonly freeForm?: string;
  readonly remembers?: "facts" | "setFacts" | "included" | "hosts";
}

const text = { type: "string" };
const texts = { type: "array", items: text };

const definitions: Readonly<Record<string, Pure>> = {
  debug: {
    schema: { properties: { msg: {}, var: { expression: true }, verbosity: { type: "integer", default: 0 } } },
    result: ({ msg, var: shown, verbosity }) => {
      if (Number(verbosity) > 0) return { skipped: true };
      return shown === undefined ? { msg: msg ?? "Hello world!" } : { shown: [(shown as Condition).value] };
    },
  },
  set_fact: {
    schema: { properties: { cacheable: { type: "boolean", default: false } }, additionalProperties: true },
    remembers: "setFacts",
    result: ({ cacheable: _, ...facts }) => ({ ansible_facts: facts }),
  },
  assert: {
    schema: {
      properties: {
        that: { type: "array", items: { expression: true } },
        fail_msg: { aliases: ["msg"] },
        success_msg: {},
        quiet: { type: "boolean" },
      },
      required: ["that"],
    },
    result: ({ that, success_msg, fail_msg }) => {
      const wrong = (that as readonly Condition[]).find(({ value }) => value !== true);
      return wrong
        ? { failed: true, msg: fail_msg ?? "Assertion failed" }
        : { msg: success_msg ?? "All assertions passed" };
    },
  },
  fail: {
    schema: { properties: { msg: { ...text, default: "Failed as requested from task" } } },
    result: ({ msg }) => ({ failed: true, msg }),
  },
  include_vars: {
    schema: {
      properties: {
        file: { ...text, local: "vars" },
        dir: { ...text, local: "varsTree" },
        name: text,
        extensions: texts,
      },
    },
    freeForm: "file",
    remembers: "included",
    result: ({ file, dir, name }) => {
      const { values } = (file ?? dir) as { values: Result };
      return { ansible_facts: name === undefined ? values : { [String(name)]: values } };
    },
  },
  add_host: {
    schema: {
      properties: {
        name: { ...text, aliases: ["hostname", "host"] },
        groups: { ...texts, split: true, aliases: ["groupname", "group"] },
      },
      required: ["name"],
      additionalProperties: true,
    },
    remembers: "hosts",
    result: ({ name, groups, ...variables }) => ({
      changed: true,
      add_host: { name, groups: groups ?? [], variables },
    }),
  },
  group_by: {
    schema: { properties: { key: text, parents: { ...texts, split: true } }, required: ["key"] },
    remembers: "hosts",
    result: ({ key }) => ({ changed: true, add_host: { groups: [String(key).replaceAll(" ", "-")], variables: {} } }),
  },
  validate_argument_spec: {
    schema: {
      properties: {
        argument_spec: { type: "object" },
        provided_arguments: { type: "object" },
        validate_args_context: { type: "object" },
      },
    },
    result: () => ({ msg: "The arg spec validation passed" }),
  },
  ping: { schema: { properties: { data: { ...text, default: "pong" } } }, result: ({ data }) => ({ ping: data }) },
  setup: {
    schema: {
      properties: {
        gather_subset: { ...texts, split: true },
        filter: { ...texts, split: true },
        gather_timeout: { type: "integer" },
      },
    },
    remembers: "facts",
    result: () => ({ ansible_facts: {} }),
  },
};

/** Modules that ask nothing of a host, as Ansible's of the same names: enough to see what the language does. */
export const pureModules: ReadonlyMap<string, AnyModule> = new Map(
  Object.entries(definitions).map(([name, definition]) => [name, make(name, definition)]),
);

function make(name: string, { schema, result, freeForm, remembers }: Pure): AnyModule {
  return defineModule({
    name,
    summary: "",
    params: { type: "object", additionalProperties: false, ...schema } as never,
    observe: () => ({}),
    plan: () => [],
    ...(name === "add_host" && { runsOnce: true }),
    ...(result && { result: (_made: unknown, params: Params) => result(params) }),
    ...(freeForm !== undefined && { freeForm }),
    ...(remembers && { remembers }),
  });
}

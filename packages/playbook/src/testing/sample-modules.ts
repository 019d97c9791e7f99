import type { AnyModule } from "@evenkeel/core";
import { defineModule } from "@evenkeel/core";
import { pureModules } from "./pure-modules.ts";

const text = { type: "string" };
const texts = { type: "array", items: text, split: true };
const yesOrNo = (value: boolean) => ({ type: "boolean", default: value });
const oneOf = (...choices: string[]) => ({ anyOf: choices.map((each) => ({ const: each, type: "string" })) });
const attributes = {
  mode: { anyOf: [text, { type: "integer" }], description: "octal digits" },
  owner: text,
  group: text,
};

interface Sample {
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly returns?: readonly string[];
  readonly freeForm?: string;
}

const run = {
  cmd: text,
  argv: { type: "array", items: text },
  chdir: text,
  creates: text,
  removes: text,
  stdin: text,
  warn: { refused: "it has had no effect for years" },
};
const said = ["stdout", "stderr", "rc", "stdout_lines", "stderr_lines", "cmd"];

const samples: Readonly<Record<string, Sample>> = {
  copy: {
    properties: {
      dest: text,
      src: { ...text, local: "either", unless: "remote_src" },
      content: { ...text, mayBeSecret: true },
      remote_src: yesOrNo(false),
      backup: yesOrNo(false),
      force: { ...yesOrNo(true), aliases: ["thirsty"] },
      ...attributes,
    },
    required: ["dest"],
    returns: ["dest", "src", "checksum", "mode", "owner", "group", "size"],
  },
  template: {
    properties: {
      src: { ...text, local: "template" },
      dest: text,
      backup: yesOrNo(false),
      trim_blocks: yesOrNo(true),
      ...attributes,
    },
    required: ["src", "dest"],
    returns: ["dest", "checksum", "mode"],
  },
  file: {
    properties: {
      path: { ...text, aliases: ["dest", "name"] },
      state: { ...oneOf("absent", "directory", "file", "hard", "link", "touch") },
      src: text,
      recurse: yesOrNo(false),
      ...attributes,
    },
    required: ["path"],
    returns: ["path", "state"],
  },
  package: {
    properties: {
      name: { ...texts, aliases: ["pkg"] },
      state: { ...oneOf("present", "absent", "latest"), default: "present" },
    },
    required: ["name"],
    returns: ["stdout"],
  },
  service: {
    properties: {
      name: text,
      state: oneOf("started", "stopped", "restarted", "reloaded"),
      enabled: { type: "boolean" },
    },
    required: ["name"],
    returns: ["name", "state", "status"],
  },
  command: { properties: run, freeForm: "cmd", returns: said },
  shell: { properties: { ...run, executable: text }, freeForm: "cmd", returns: said },
  stat: {
    properties: { path: text, follow: yesOrNo(false), get_checksum: yesOrNo(true) },
    required: ["path"],
    returns: ["stat"],
  },
  user: {
    properties: {
      name: text,
      uid: { type: "integer", minimum: 0 },
      groups: texts,
      append: yesOrNo(false),
      password: { ...text, mayBeSecret: true },
      state: { ...oneOf("present", "absent"), default: "present" },
    },
    required: ["name"],
    returns: ["name", "uid", "home"],
  },
  lineinfile: {
    properties: { path: text, regexp: text, line: text, state: oneOf("present", "absent") },
    required: ["path"],
    returns: ["msg"],
  },
  uri: {
    properties: {
      url: { ...text, pattern: "^https?://", description: "an address" },
      status_code: { type: "array", items: { type: "integer", minimum: 100, maximum: 599 }, default: [200] },
      headers: { type: "object", additionalProperties: text },
      timeout: { type: "integer", minimum: 1 },
    },
    required: ["url"],
    returns: ["status", "content", "json", "url"],
  },
  "nginx.site": {
    properties: {
      name: text,
      listen: {
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["port"],
          properties: { port: { type: "integer" }, tls: yesOrNo(false) },
        },
      },
    },
    required: ["name"],
  },
  fetch: { properties: { src: text, dest: text, flat: yesOrNo(false) }, required: ["src", "dest"], returns: ["dest"] },
};

/** Modules with parameters as real ones have them, for tests of what is said when they are wrong. */
export const sampleModules: ReadonlyMap<string, AnyModule> = new Map([
  ...pureModules,
  ...Object.entries(samples).map(([name, sample]) => [name, make(name, sample)] as const),
]);

function make(name: string, { properties, required = [], returns, freeForm }: Sample): AnyModule {
  const results = Object.fromEntries((returns ?? []).map((each) => [each, {}]));
  return defineModule({
    name,
    summary: "",
    params: { type: "object", properties, required, additionalProperties: false } as never,
    observe: () => ({ it: { kind: "thing", key: name } }),
    plan: () => [],
    ...(freeForm !== undefined && { freeForm }),
    ...(returns && { returns: { type: "object", properties: results } as never }),
  });
}

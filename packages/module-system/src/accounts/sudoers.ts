import { defineModule } from "@evenkeel/core";
import { file, itself, lookAt } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";

const SudoersParams = Type.Object(
  {
    name: Type.String({ description: "the rule's file" }),
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "whether it is to be there",
    }),
    user: Type.Optional(Type.String({ description: "who may" })),
    group: Type.Optional(Type.String({ description: "or whose members may" })),
    commands: Type.Optional(
      Type.Array(Type.String(), { description: "what they may, with full paths, or ALL", split: true }),
    ),
    host: Type.String({ default: "ALL", description: "on which hosts" }),
    runas: Type.Optional(Type.String({ description: "as whom" })),
    nopassword: Type.Boolean({ default: true, description: "without being asked for a password" }),
    noexec: Type.Boolean({ default: false, description: "what they run may run nothing else" }),
    setenv: Type.Boolean({ default: false, description: "they may set the environment" }),
    sudoers_path: Type.String({ default: "/etc/sudoers.d", description: "the folder" }),
    validation: Type.Enum(["absent", "detect", "required"], {
      type: "string",
      default: "detect",
      description: "whether visudo must like it before it takes its place; `detect`: where there is one",
    }),
  },
  { additionalProperties: false },
);

export const sudoers = defineModule({
  name: "sudoers",
  summary: "A rule of who may do what by sudo.",
  isGuarded: true,
  params: SudoersParams,
  observe(params) {
    const { name, state, user, group, commands = [] } = params;
    const isPresent = state === "present";
    demandSense(`sudoers ${name}`, {
      "either `user` or `group` is needed": isPresent && (user === undefined) === (group === undefined),
      "`commands` is needed": isPresent && commands.length === 0,
      "a rule's file has a plain name: sudo passes over names with dots and slashes": /[./~\s]/.test(name),
    });
    return lookAt(`${params.sudoers_path.replace(/\/+$/, "")}/${name}`);
  },
  plan(answers, params) {
    const own = itself(answers);
    if (params.state === "absent") return file.ensure(own, { type: "absent" });
    return file.ensure(own, { content: rule(params), mode: "0440", validate: validation(params) });
  },
});

function rule({
  user,
  group,
  host,
  runas,
  noexec,
  nopassword,
  setenv,
  commands = [],
}: Static<typeof SudoersParams>): string {
  const as = runas === undefined ? "" : `(${runas})`;
  const tags = `${noexec ? "NOEXEC:" : ""}${nopassword ? "NOPASSWD:" : ""}${setenv ? "SETENV:" : ""}`;
  return `${user ?? `%${group}`} ${host}=${as}${tags} ${commands.join(", ")}\n`;
}

function validation({ validation }: Static<typeof SudoersParams>): readonly string[] | undefined {
  if (validation === "absent") return undefined;
  const check = 'visudo -cf "$1"';
  const script = validation === "required" ? check : `! command -v visudo >/dev/null || ${check}`;
  return ["sh", "-c", script, "evenkeel-visudo", "%s"];
}

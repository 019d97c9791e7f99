import { MaybeSecret, Refused } from "@evenkeel/core";
import { Type } from "typebox";

/** When a command need not run, and where it does. */
export const whetherParams = {
  creates: Type.Optional(
    Type.String({ description: "a path or pattern; where something is there, the command is not run" }),
  ),
  removes: Type.Optional(
    Type.String({ description: "a path or pattern; where nothing is there, the command is not run" }),
  ),
  chdir: Type.Optional(Type.String({ description: "the folder that it is run in" })),
};

/** What makes a command plannable: ours, Ansible has neither. */
export const plannableParams = {
  unless: Type.Optional(
    Type.String({
      description:
        "a line for sh that changes nothing; when it succeeds, the command is not run. It is asked in a plan, too",
    }),
  ),
  changes: Type.Optional(
    Type.Array(Type.String({ pattern: "^(nothing|[a-z][a-z_.-]*:.+)$" }), {
      split: true,
      description:
        "all that it may touch: `file:/etc/x`, `package:*`, `nothing`; else a plan must take it that it may touch anything",
    }),
  ),
};

export const inputParams = {
  stdin: Type.Optional(MaybeSecret({ description: "what it reads" })),
  stdin_add_newline: Type.Boolean({ default: true, description: "a line feed comes after `stdin`" }),
};

/** What old playbooks say. */
export const formerParams = {
  warn: Refused("Ansible took it away in 2.14; leave it out"),
};

export const outputParams = {
  strip_empty_ends: Type.Boolean({ default: true, description: "no empty lines at the end of stdout and stderr" }),
};

import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { Type } from "typebox";
import { keyAt } from "../door/door.ts";
import { doorOf } from "../door/login-params.ts";
import { isUnreached } from "../door/reply.ts";
import { checkedName } from "../server/settings-text.ts";
import { setting } from "../setting/setting.ts";
import { CommunityLogin } from "./community-login.ts";

export const communityVariables = defineModule({
  name: "mysql_variables",
  summary:
    "A setting of the running server, as Ansible's community.mysql has it. mysql.server keeps settings through a restart.",
  params: Type.Object(
    {
      variable: Type.String({ description: "its name" }),
      value: Type.Optional(
        Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
          description: "what it is to be; left out: only tell",
        }),
      ),
      mode: Type.Enum(["global", "persist"], {
        type: "string",
        default: "global",
        description: "persist: MySQL keeps it through restarts (persist_only: use mysql.server)",
      }),
      ...CommunityLogin,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    return { current: setting(keyAt(checkedName(params.variable), door), door) };
  },
  plan({ current }, { variable, value, mode }) {
    const { state } = current;
    if (!isUnsettled(state) && state.state === "absent") {
      throw new StepError({ code: "mysql/setting", message: `Variable not available "${variable}"` });
    }
    if (value === undefined) return [];
    const text = typeof value === "boolean" ? (value ? "ON" : "OFF") : String(value);
    return setting.ensure(current, { value: text, ...(mode === "persist" && { isPersisted: true }) });
  },
  result({ before: { current }, changes }, { value }) {
    const { state } = current;
    const was = isUnsettled(state) || isUnreached(state) || state.state === "absent" ? "" : (state.value ?? "");
    if (value === undefined) return { msg: was };
    return {
      msg:
        changes.length > 0
          ? `Variable change succeeded prev_value=${asPython(was)}`
          : "Variable is already set to requested value.",
    };
  },
  returns: Type.Object({
    msg: Type.String({ description: "the value, where none was given; else what was done" }),
  }),
});

/** A number as Python prints it: theirs makes one of the text before it tells of it. */
function asPython(value: string): string {
  if (!/^-?\d+\.\d+$/.test(value)) return value;
  return Number.isInteger(Number(value)) ? `${Number(value)}.0` : String(Number(value));
}

import { defineModule, InputError } from "@evenkeel/core";
import { linesOf, nginxFile } from "@evenkeel/kinds";
import { Type } from "typebox";
import { abilitiesOf, observeNginx, planNginx } from "./needs.ts";

/** A file of one's own for nginx. */
export const ownFile = defineModule({
  name: "nginx.file",
  summary: "A file of your own below /etc/nginx: looked at by nginx before it changes, reloaded with proof.",
  params: Type.Object(
    {
      path: Type.String({
        pattern: "^[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*$",
        description: "below /etc/nginx: `conf.d/gzip.conf`",
      }),
      content: Type.Optional(Type.String({ description: "its text" })),
      mode: Type.String({ pattern: "^0[0-7]{3}$", default: "0644", description: "its mode, in octal" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is there",
      }),
    },
    { additionalProperties: false },
  ),
  observe({ path, content, state }) {
    if (state === "present" && content === undefined)
      throw new InputError({
        code: "nginx/params",
        message: `nginx.file ${path}: content is missing`,
        hint: "or state: absent",
      });
    return { ...observeNginx(), current: nginxFile(`/etc/nginx/${path}`) };
  },
  plan({ current, ...answers }, { content, mode, state }) {
    if (state === "absent") return nginxFile.ensure(current, { type: "absent" });
    const host = abilitiesOf(answers);
    return [
      ...planNginx(answers),
      ...nginxFile.ensure(current, { type: "file", content: linesOf(content ?? "", "content"), mode, host }),
    ];
  },
});

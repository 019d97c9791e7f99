import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";
import { keyAt } from "../door/door.ts";
import { doorOf, LoginParams } from "../door/login-params.ts";
import { database } from "./database.ts";

export const mysqlDatabase = defineModule({
  name: "mysql.database",
  summary: "A database on a MariaDB or MySQL server.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name", minLength: 1, maxLength: 64 }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is there; one with tables in it goes only with `with_data`",
      }),
      charset: Type.Optional(Type.String({ description: "the default character set of its tables, such as utf8mb4" })),
      collation: Type.Optional(
        Type.String({ description: "the default collation of its tables, such as utf8mb4_unicode_ci" }),
      ),
      with_data: Type.Boolean({ default: false, description: "with `absent`: its tables go, too" }),
      ...LoginParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    return { current: database(keyAt(params.name, door), door) };
  },
  plan: ({ current }, { state, charset, collation, with_data }) =>
    database.ensure(current, { state, charset, collation, withData: with_data }),
});

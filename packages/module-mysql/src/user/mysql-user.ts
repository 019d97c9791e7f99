import { defineModule, MaybeSecret, Secret } from "@evenkeel/core";
import { Type } from "typebox";
import { keyAt } from "../door/door.ts";
import { doorOf, LoginParams } from "../door/login-params.ts";
import { account, accountKey } from "../sql/account.ts";
import { user } from "./user.ts";

export const mysqlUser = defineModule({
  name: "mysql.user",
  summary: "An account of a MariaDB or MySQL server. What it may do is said by mysql.grants.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name" }),
      host: Type.String({
        default: "localhost",
        description: "from where it comes in, exactly: another host is another account",
      }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is there",
      }),
      password: Type.Optional(
        MaybeSecret({ description: "its password; one that is right already is not set again. Left out: as it is" }),
      ),
      plugin: Type.Optional(
        Type.String({ description: "how it proves who it is: caching_sha2_password, auth_socket (unix_socket) …" }),
      ),
      require_tls: Type.Optional(
        Type.Enum(["none", "any", "x509"], {
          type: "string",
          description: "what its connections must have: nothing, TLS, or a certificate of its own; left out: as it is",
        }),
      ),
      ...LoginParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    return { current: user(keyAt(accountKey(account(params.name, params.host)), door), door) };
  },
  plan: ({ current }, { state, password, plugin, require_tls: tls }) =>
    user.ensure(current, {
      state,
      ...(password !== undefined && { password: typeof password === "string" ? new Secret(password) : password }),
      ...(plugin !== undefined && { plugin }),
      ...(tls !== undefined && { tls }),
    }),
});

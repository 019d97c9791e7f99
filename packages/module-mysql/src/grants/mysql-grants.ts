import { defineModule, isUnsettled } from "@evenkeel/core";
import { Type } from "typebox";
import { keyAt } from "../door/door.ts";
import { doorOf, LoginParams } from "../door/login-params.ts";
import { account, accountKey } from "../sql/account.ts";
import { grants } from "./grants.ts";
import { exactPlace } from "./place.ts";
import type { Privileges } from "./privileges.ts";
import { joined, lacking, privilegeNames } from "./privileges.ts";

export const mysqlGrants = defineModule({
  name: "mysql.grants",
  summary: "What an account of a MariaDB or MySQL server may do.",
  params: Type.Object(
    {
      name: Type.String({ description: "the account's name" }),
      host: Type.String({ default: "localhost", description: "from where it comes in, exactly" }),
      grants: Type.Record(Type.String(), Type.Array(Type.String(), { split: true }), {
        description:
          "privileges by place: `shop.*: [SELECT, INSERT]`; `_` and `%` in a database's name are just letters",
      }),
      exact: Type.Boolean({
        default: false,
        description: "take away what is not named here; otherwise it is only told of, as `extra`",
      }),
      ...LoginParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    return { current: grants(keyAt(accountKey(account(params.name, params.host)), door), door) };
  },
  plan: ({ current }, params) => grants.ensure(current, { privileges: wanted(params.grants), exact: params.exact }),
  result({ after: { current } }, params) {
    const { state } = current;
    if (isUnsettled(state) || state.state !== "present") return { extra: {} };
    return { extra: lacking(wanted(params.grants), state.privileges) };
  },
  returns: Type.Object({
    extra: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: "privileges that the account has and that are not named, by place",
    }),
  }),
});

function wanted(written: Readonly<Record<string, readonly string[]>>): Privileges {
  return Object.entries(written).reduce<Privileges>(
    (all, [place, names]) => joined(all, { [exactPlace(place)]: names.flatMap(privilegeNames) }),
    {},
  );
}

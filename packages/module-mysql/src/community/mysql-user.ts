import { defineModule, InputError, MaybeSecret, Refused, Secret } from "@evenkeel/core";
import { Type } from "typebox";
import { keyAt } from "../door/door.ts";
import { doorOf } from "../door/login-params.ts";
import { grants } from "../grants/grants.ts";
import { account, accountKey } from "../sql/account.ts";
import { user } from "../user/user.ts";
import type { DesiredUser } from "../user/user-state.ts";
import { accountMessage } from "./account-message.ts";
import { CommunityLogin } from "./community-login.ts";
import { writtenPrivileges } from "./written-privileges.ts";

export const communityUser = defineModule({
  name: "mysql_user",
  summary: "An account and what it may do, as Ansible's community.mysql has it.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name", aliases: ["user"] }),
      host: Type.String({ default: "localhost", description: "from where it comes in" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is there",
      }),
      password: Type.Optional(
        MaybeSecret({ description: "its password, or with `encrypted` what the server keeps of it" }),
      ),
      encrypted: Type.Boolean({ default: false, description: "the password is a hash of mysql_native_password" }),
      plugin: Type.Optional(Type.String({ description: "how it proves who it is" })),
      plugin_auth_string: Type.Optional(MaybeSecret({ description: "its password, for the plugin" })),
      plugin_hash_string: Type.Optional(
        MaybeSecret({ description: "what the server keeps of its password, for the plugin" }),
      ),
      priv: Type.Optional(
        Type.Union(
          [Type.String(), Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))],
          {
            description: "privileges: `db.*:SELECT,INSERT/other.*:ALL`, or a map of places",
          },
        ),
      ),
      append_privs: Type.Boolean({ default: false, description: "leave privileges that are not named" }),
      update_password: Type.Enum(["always", "on_create"], {
        type: "string",
        default: "always",
        description: "whether the password of an account that is there is set, too",
      }),
      tls_requires: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), {
          description: "`SSL:` or `X509:`, for what its connections must have",
        }),
      ),
      sql_log_bin: Type.Boolean({ default: true, description: "has no effect: changes go to the binary log" }),
      column_case_sensitive: Type.Optional(
        Type.Boolean({ description: "has no effect: columns' names are taken as they are" }),
      ),
      check_implicit_admin: Type.Boolean({
        default: false,
        description: "has no effect: root comes in through the socket anyway",
      }),
      host_all: Refused("an account is its name and its host; name each"),
      subtract_privs: Refused("name what is to stay, or use mysql.grants with exact: true"),
      attributes: Refused("user attributes are not managed"),
      resource_limits: Refused("resource limits are not managed"),
      salt: Refused("the server makes its own salts"),
      session_vars: Refused("statements of ours run under settings of ours"),
      force_context: Refused("statements of ours need no current database"),
      password_expire: Refused("passwords' age is not managed"),
      password_expire_interval: Refused("passwords' age is not managed"),
      locked: Refused("locks of accounts are not managed"),
      ...CommunityLogin,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    const key = keyAt(accountKey(account(params.name, params.host)), door);
    return { current: user(key, door), granted: params.priv === undefined ? [] : [grants(key, door)] };
  },
  plan({ current, granted }, params) {
    if (params.state === "absent") return user.ensure(current, { state: "absent" });
    const made = user.ensure(current, desired(params));
    const privileges = params.priv === undefined ? {} : writtenPrivileges(params.priv);
    return [
      ...made,
      ...granted.flatMap((each) =>
        grants.ensure(
          made.length > 0 && each.doubt === undefined ? { ...each, doubt: "this task makes the account" } : each,
          { privileges, exact: !params.append_privs },
        ),
      ),
    ];
  },
  result({ changes }, { name, state }) {
    const own = changes.find(({ kind }) => kind === user.name);
    const after = own?.after as { readonly password?: Secret; readonly hash?: Secret } | undefined;
    return {
      user: name,
      msg: accountMessage(changes, state),
      password_changed: (after?.password ?? after?.hash) !== undefined,
    };
  },
  returns: Type.Object({
    user: Type.String({ description: "the account's name" }),
    msg: Type.String({ description: "what was done, in words" }),
    password_changed: Type.Boolean({ description: "whether its password was set" }),
  }),
});

interface Written {
  readonly password?: string | Secret;
  readonly encrypted: boolean;
  readonly plugin?: string;
  readonly plugin_auth_string?: string | Secret;
  readonly plugin_hash_string?: string | Secret;
  readonly update_password: "always" | "on_create";
  readonly tls_requires?: Readonly<Record<string, unknown>>;
}

function desired(params: Written): DesiredUser {
  const { encrypted, plugin, plugin_auth_string, plugin_hash_string, tls_requires } = params;
  const password = plugin_auth_string ?? (encrypted ? undefined : params.password);
  const hash = plugin_hash_string ?? (encrypted ? params.password : undefined);
  return {
    state: "present",
    ...(password !== undefined && { password: secret(password) }),
    ...(hash !== undefined && { hash: secret(hash) }),
    ...(plugin !== undefined && { plugin }),
    // As in Ansible: what is not named is not required.
    tls: tlsOf(tls_requires ?? {}),
    keepsPassword: params.update_password === "on_create",
  };
}

function secret(text: string | Secret): Secret {
  return typeof text === "string" ? new Secret(text) : text;
}

function tlsOf(requires: Readonly<Record<string, unknown>>): "none" | "any" | "x509" {
  const names = Object.keys(requires).map((name) => name.toUpperCase());
  if (names.length === 0) return "none";
  if (names.length === 1 && names[0] === "SSL") return "any";
  if (names.length === 1 && names[0] === "X509") return "x509";
  throw new InputError({
    code: "mysql/tls-requires",
    message: `tls_requires: ${names.join(", ")} is not managed`,
    hint: "SSL or X509",
  });
}

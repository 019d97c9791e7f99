import type { Change } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled, Refused } from "@evenkeel/core";
import { Type } from "typebox";
import { database } from "../database/database.ts";
import { keyAt } from "../door/door.ts";
import { doorOf } from "../door/login-params.ts";
import { identifier } from "../sql/quote-sql.ts";
import { CommunityLogin } from "./community-login.ts";
import { copying } from "./copying.ts";
import { dumpWords } from "./dump-words.ts";

export const communityDb = defineModule({
  name: "mysql_db",
  summary: "Databases: made, dropped, dumped and imported, as Ansible's community.mysql has it.",
  params: Type.Object(
    {
      name: Type.Array(Type.String(), {
        minItems: 1,
        description: "their names; `all` for dump and import",
        aliases: ["db"],
        split: true,
      }),
      state: Type.Enum(["present", "absent", "dump", "import"], {
        type: "string",
        default: "present",
        description: "there, gone with all that is in them, written into a file of the host, or read from one",
      }),
      encoding: Type.String({ default: "", description: "character set of a database that is made" }),
      collation: Type.String({ default: "", description: "collation of a database that is made" }),
      target: Type.Optional(
        Type.String({ description: "the host's file to dump into or import from; .gz, .bz2, .xz, .zst" }),
      ),
      single_transaction: Type.Boolean({ default: false, description: "dump: all as it is at one moment" }),
      quick: Type.Boolean({ default: true, description: "dump: row by row" }),
      ignore_tables: Type.Array(Type.String(), {
        default: [],
        description: "dump: tables left out, as `db.table`",
        split: true,
      }),
      hex_blob: Type.Boolean({ default: false, description: "dump: binary columns in hexadecimal" }),
      force: Type.Boolean({ default: false, description: "dump and import: go on after an error" }),
      master_data: Type.Enum([0, 1, 2], {
        type: "integer",
        default: 0,
        description: "dump: where the binary log is; 2: as a comment",
      }),
      skip_lock_tables: Type.Boolean({ default: false, description: "dump: lock nothing" }),
      sql_log_bin: Type.Boolean({ default: true, description: "import: whether it goes to the binary log" }),
      check_implicit_admin: Type.Boolean({
        default: false,
        description: "has no effect: root comes in through the socket anyway",
      }),
      unsafe_login_password: Type.Boolean({
        default: false,
        description: "has no effect: passwords never need quoting",
      }),
      pipefail: Type.Boolean({ default: false, description: "has no effect: a dump that fails always fails" }),
      dump_extra_args: Refused("a text for a shell; name what you need in an issue, it becomes a parameter"),
      use_shell: Refused("no shell of yours is needed"),
      restrict_config_file: Refused("use config_file alone: then only that file is read"),
      config_overrides_defaults: Refused("the client reads its own files by itself"),
      chdir: Refused("targets are named by their whole path"),
      ...CommunityLogin,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const door = doorOf(params);
    const isAll =
      params.name.length === 1 && params.name[0] === "all" && (params.state === "dump" || params.state === "import");
    for (const each of params.name) identifier(each);
    return { databases: isAll ? [] : params.name.map((name) => database(keyAt(name, door), door)) };
  },
  plan({ databases }, params): readonly Change[] {
    const { state, encoding, collation } = params;
    if (state === "absent") return databases.flatMap((each) => database.ensure(each, { state, withData: true }));
    // As in Ansible, one that is there keeps the character set that it has.
    const made = databases.flatMap((each) => {
      const isThere = !isUnsettled(each.state) && each.state.state === "present";
      const wish = isThere ? {} : { charset: encoding || undefined, collation: collation || undefined };
      return state === "dump" ? [] : database.ensure(each, { state: "present", ...wish });
    });
    if (state === "present") return made;
    const door = doorOf(params);
    const target = targetOf(params.target);
    const words = state === "dump" ? dumpWords(params) : importWords(params);
    const copied = copying.ensure(
      { kind: copying.name, key: "", state: { state: "not done" } },
      {
        ...{ verb: state, door, target, words },
        databases: databases.length === 0 ? "all" : params.name,
      },
    );
    return [...made, ...copied];
  },
  result: (_, { name }) => ({ db: name.join(" "), db_list: name }),
  returns: Type.Object({
    db: Type.String({ description: "the names in one text" }),
    db_list: Type.Array(Type.String(), { description: "the names" }),
  }),
});

function importWords({ force, sql_log_bin }: { readonly force: boolean; readonly sql_log_bin: boolean }): string[] {
  return [...(force ? ["--force"] : []), ...(sql_log_bin ? [] : ["--init-command=SET SESSION sql_log_bin=0"])];
}

function targetOf(target: string | undefined): string {
  if (target?.startsWith("/")) return target;
  throw new InputError({
    code: "mysql/target",
    message: target === undefined ? "dump and import need a target" : `not a whole path: ${JSON.stringify(target)}`,
    hint: "target: the host's file, such as /srv/backup/shop.sql.gz",
  });
}

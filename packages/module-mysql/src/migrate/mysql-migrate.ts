import { defineModule, InputError } from "@evenkeel/core";
import { Type } from "typebox";
import { isRemote } from "../door/door.ts";
import { doorOf, LoginParams } from "../door/login-params.ts";
import { identifier } from "../sql/quote-sql.ts";
import { migrations } from "./migrations.ts";
import type { MigrateWish } from "./plan-migrations.ts";
import { planMigrations } from "./plan-migrations.ts";

export const mysqlMigrate = defineModule({
  name: "mysql.migrate",
  summary: "Migrations of a database: files of SQL, each run once, in order.",
  params: Type.Object(
    {
      database: Type.String({ description: "the database that they change, and that keeps their records" }),
      folder: Type.String({
        description: "a folder of ours with files *.sql; their names are their order",
        local: "tree",
      }),
      lock_seconds: Type.Integer({
        default: 5,
        minimum: 1,
        description: "how long a statement waits for a lock, and others behind it",
      }),
      tries: Type.Integer({
        default: 5,
        minimum: 1,
        description: "how often a statement is tried that waited in vain, with growing pauses",
      }),
      out_of_order: Type.Boolean({ default: false, description: "run what comes before files that have run" }),
      resume: Type.Record(Type.String(), Type.Enum(["done", "again"], { type: "string" }), {
        default: {},
        description: "of migrations whose end nobody knows, by file: `done`, or run it `again`",
      }),
      ...LoginParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const { folder, database, door } = wishOf(params);
    return { current: migrations(database, { folder, database, ...(door && { door }) }) };
  },
  plan: ({ current }, params) => planMigrations(current, wishOf(params)),
  result: ({ changes }) => ({ migrated: changes.map(({ key }) => key.split(" ").at(-1) ?? key) }),
  returns: Type.Object({
    migrated: Type.Array(Type.String(), { description: "the files that were run" }),
  }),
});

type Params = Parameters<typeof doorOf>[0] & {
  readonly database: string;
  readonly folder: string;
  readonly lock_seconds: number;
  readonly tries: number;
  readonly out_of_order: boolean;
  readonly resume: Readonly<Record<string, "done" | "again">>;
};

function wishOf(params: Params): MigrateWish {
  const door = doorOf(params);
  identifier(params.database);
  if (isRemote(door)) {
    throw new InputError({
      code: "mysql/migrate-remote",
      message: "migrations run in a job on the database's own host, which goes on when the connection is lost",
      hint: "leave login_host out, and use delegate_to with the database's host",
    });
  }
  return {
    ...{ folder: params.folder, database: params.database, ...(door && { door }) },
    ...{ lockSeconds: params.lock_seconds, tries: params.tries },
    ...{ allowsOutOfOrder: params.out_of_order, resume: params.resume },
  };
}

import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { copying } from "./community/copying.ts";
import { info } from "./community/info.ts";
import { communityDb } from "./community/mysql-db.ts";
import { communityInfo } from "./community/mysql-info.ts";
import { communityQuery } from "./community/mysql-query.ts";
import { communityUser } from "./community/mysql-user.ts";
import { communityVariables } from "./community/mysql-variables.ts";
import { database } from "./database/database.ts";
import { mysqlDatabase } from "./database/mysql-database.ts";
import { sqlExecutor } from "./door/sql-executor.ts";
import { grants } from "./grants/grants.ts";
import { mysqlGrants } from "./grants/mysql-grants.ts";
import { migration } from "./migrate/migration.ts";
import { migrations } from "./migrate/migrations.ts";
import { mysqlMigrate } from "./migrate/mysql-migrate.ts";
import { mysqlQuery } from "./query/mysql-query.ts";
import { queryExecutor } from "./query/query-executor.ts";
import { rows } from "./query/rows.ts";
import { mysqlServer } from "./server/mysql-server.ts";
import { server } from "./server/server.ts";
import { setting } from "./setting/setting.ts";
import { mysqlUser } from "./user/mysql-user.ts";
import { user } from "./user/user.ts";

/** What tasks can call. */
export const modules: readonly AnyModule[] = [
  mysqlServer,
  mysqlDatabase,
  mysqlUser,
  mysqlGrants,
  mysqlMigrate,
  mysqlQuery,
  communityUser,
  communityQuery,
  communityVariables,
  communityDb,
  communityInfo,
];

/** What there is on a database server. */
export const kinds: readonly AnyKind[] = [
  server,
  database,
  user,
  grants,
  setting,
  migration,
  migrations,
  rows,
  copying,
  info,
];

/** Steps that go to a server through a tunnel. */
export const executors: readonly StepExecutor[] = [sqlExecutor, queryExecutor];

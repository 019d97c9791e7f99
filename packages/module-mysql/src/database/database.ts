import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, StepError } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import { nameAt } from "../door/door.ts";
import type { Reply, Unreached } from "../door/reply.ts";
import { isNowhere, isUnreached, reached } from "../door/reply.ts";
import { rowsOf } from "../door/rows-of.ts";
import { sqlStep } from "../door/sql-step.ts";
import { decidesServer } from "../server/decides-server.ts";
import { identifier, literal } from "../sql/quote-sql.ts";

/** A database as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type DatabaseState = AbsentDatabase | PresentDatabase | Unreached;

interface AbsentDatabase {
  readonly state: "absent";
}

export interface PresentDatabase {
  readonly state: "present";
  readonly charset?: string;
  readonly collation?: string;
  /** How many tables and views are in it. */
  readonly tables?: number;
}

export interface DesiredDatabase {
  readonly state: "present" | "absent";
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
  /** It goes with all that is in it. */
  readonly withData?: boolean;
}

/** A database by its name. */
export const database = defineKind<DatabaseState, DesiredDatabase>({
  name: "mysql.database",
  async ask(queries, host) {
    const [door] = queries.map(({ via }) => via as Door | undefined);
    const names = queries.map(({ key }) => nameAt(key, door));
    const replies = await askServer(host, door, names.map(question));
    return names.map((name, index) => stateIn(name, replies[index]));
  },
  ensure(actual, desired) {
    const now = reached<AbsentDatabase | PresentDatabase>(actual as Observed<AbsentDatabase | PresentDatabase>, {
      state: "absent",
    });
    if (desired.state === "absent")
      return !isUnsettled(now) && now.state === "absent" ? [] : [drop(actual, now, desired)];
    const after = { state: "present", ...wish(desired) } as const;
    if (!isUnsettled(now) && isSo(now, after)) return [];
    return [create(actual, now, after)];
  },
  isAsPlanned: (actual, after) => isSo(actual, after),
  isAbsent: isNowhere,
  dependsOn: decidesServer,
  describe(state) {
    if (state.state !== "present") return { state: isUnreached(state) ? `server ${state.server}` : "absent" };
    const { charset, collation } = state;
    return {
      state: "present",
      ...(charset !== undefined && { charset }),
      ...(collation !== undefined && { collation }),
    };
  },
});

function question(name: string): string {
  return (
    "SELECT JSON_OBJECT('name', SCHEMA_NAME, 'charset', DEFAULT_CHARACTER_SET_NAME, 'collation', DEFAULT_COLLATION_NAME, " +
    `'tables', (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = SCHEMA_NAME)) ` +
    `FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(name)}`
  );
}

function stateIn(name: string, reply: Reply | undefined): DatabaseState {
  const said = rowsOf<{ name: string; charset: string; collation: string; tables: number }>(reply, `database ${name}`);
  if (said.state === "unreached") return said;
  const row = said.rows.find((each) => each.name === name);
  if (row === undefined) return { state: "absent" };
  return { state: "present", charset: row.charset, collation: row.collation, tables: row.tables };
}

function wish({ charset, collation }: DesiredDatabase) {
  return {
    ...(charset !== undefined && { charset: sameName(charset) }),
    ...(collation !== undefined && { collation: sameName(collation) }),
  };
}

/** What servers call it: `utf8` is an old name of utf8mb3. */
function sameName(name: string): string {
  const lower = name.toLowerCase();
  return lower === "utf8" ? "utf8mb3" : lower.replace(/^utf8_/, "utf8mb3_");
}

function isSo(actual: DatabaseState, after: DatabaseState): boolean {
  if (actual.state !== "present" || after.state !== "present") return actual.state === after.state;
  return (
    (after.charset === undefined || after.charset === actual.charset) &&
    (after.collation === undefined || after.collation === actual.collation)
  );
}

type Now = Exclude<Observed<AbsentDatabase | PresentDatabase>["state"], never>;

function create({ kind, key, via }: Observed<DatabaseState>, now: Now, after: PresentDatabase): Change<DatabaseState> {
  const door = via as Door | undefined;
  const name = identifier(nameAt(key, door));
  const options = (state: PresentDatabase) =>
    `${state.charset === undefined ? "" : ` CHARACTER SET ${identifier(state.charset)}`}${state.collation === undefined ? "" : ` COLLATE ${identifier(state.collation)}`}`;
  const isThere = !isUnsettled(now) && now.state === "present";
  const sql = isThere
    ? `ALTER DATABASE ${name}${options(after)}`
    : `CREATE DATABASE IF NOT EXISTS ${name}${options(after)}`;
  // Taken back only as long as nothing is in it: what came in meanwhile is not ours.
  const undo = isUnsettled(now)
    ? []
    : now.state === "present"
      ? [sqlStep(door, [`ALTER DATABASE ${name}${options(now)}`])]
      : [dropStep(key, door, false)];
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: now, after },
    ...{ steps: [sqlStep(door, [sql])], undo, interrupts: "nothing" },
  };
}

function drop(
  { kind, key, via }: Observed<DatabaseState>,
  now: Now,
  { withData }: DesiredDatabase,
): Change<DatabaseState> {
  const door = via as Door | undefined;
  const tables = !isUnsettled(now) && now.state === "present" ? (now.tables ?? 0) : 0;
  if (tables > 0 && !withData) {
    throw new StepError({
      code: "mysql/database-in-use",
      message: `${kind} ${key} has ${tables} tables or views, and would be gone with them`,
      hint: "say with_data: true if that is meant",
    });
  }
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "remove", before: now, after: { state: "absent" } },
    ...{ steps: [dropStep(key, door, withData === true)], undo: [], interrupts: tables > 0 ? "outage" : "nothing" },
  };
}

/** Without its data only an empty one goes: else the guard is a subquery with two rows, which fails. */
function dropStep(key: string, door: Door | undefined, withData: boolean) {
  const name = nameAt(key, door);
  const guard = `SELECT IF(COUNT(*) = 0, 1, (SELECT 1 UNION SELECT 2)) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(name)}`;
  return sqlStep(door, [...(withData ? [] : [guard]), `DROP DATABASE IF EXISTS ${identifier(name)}`]);
}

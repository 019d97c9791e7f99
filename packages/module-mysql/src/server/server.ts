import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import type { Flavour, Unreached } from "../door/reply.ts";
import { isUnreached } from "../door/reply.ts";
import { rowsOf } from "../door/rows-of.ts";
import type { Statement } from "../door/sql-step.ts";
import { sqlStep } from "../door/sql-step.ts";
import { accountSql } from "../sql/account.ts";

/** The server itself: whether it runs, and who may come in without being asked who they are. */
export type ServerState = RunningServer | Unreached;

export interface RunningServer {
  readonly state: "running";
  readonly flavour?: Flavour;
  readonly version?: string;
  /** Accounts that anybody may use, as SQL has them. */
  readonly anonymous?: readonly string[];
  readonly hasTestDatabase?: boolean;
  /** Accounts of root that come in otherwise than as the host's own root, as SQL has them. */
  readonly openRoots?: readonly string[];
}

export interface DesiredServer {
  readonly isSecured: boolean;
}

/** The server behind a door. */
export const server = defineKind<ServerState, DesiredServer>({
  name: "mysql.server",
  async ask(queries, host) {
    const [door] = queries.map(({ via }) => via as Door | undefined);
    const [accounts, databases] = await askServer(host, door, [ACCOUNTS, DATABASES]);
    const rows = rowsOf<Row>(accounts, "its accounts");
    if (rows.state === "unreached") return queries.map(() => rows);
    const tests = rowsOf<{ readonly name: string }>(databases, "its databases");
    const state: ServerState = {
      state: "running",
      ...(accounts?.state === "said" && { flavour: accounts.flavour, version: accounts.version }),
      anonymous: rows.rows.filter(({ name }) => name === "").map(accountSql),
      openRoots: rows.rows.filter((row) => row.name === "root" && !isHostsRoot(row)).map(accountSql),
      hasTestDatabase: tests.state === "rows" && tests.rows.length > 0,
    };
    return queries.map(() => state);
  },
  ensure(actual, { isSecured }) {
    const { state } = actual;
    const after: RunningServer = {
      state: "running",
      ...(isSecured && { anonymous: [], openRoots: [], hasTestDatabase: false }),
    };
    return !isUnsettled(state) && isSo(state, after) ? [] : [secure(actual, after, isSecured)];
  },
  isAsPlanned: (actual, after) => isSo(actual, after),
  isAbsent: (state) => isUnreached(state) && state.server === "absent",
  dependsOn: ["package", "packages", "deb", "unit", "mysql.user"],
  describe(state) {
    if (state.state === "unreached") return { state: state.server };
    const { version, anonymous, openRoots, hasTestDatabase } = state;
    return {
      state: "running",
      ...(version !== undefined && { version }),
      ...(anonymous !== undefined && { "anonymous accounts": anonymous.join(", ") || "none" }),
      ...(openRoots !== undefined && { "root from elsewhere": openRoots.join(", ") || "none" }),
      ...(hasTestDatabase !== undefined && { "test database": hasTestDatabase ? "yes" : "no" }),
    };
  },
});

interface Row {
  readonly name: string;
  readonly host: string;
  readonly plugin: string;
  readonly ways: string | null;
}

// MariaDB keeps a second way in (`auth_or`) beside the first; MySQL has one way.
const ACCOUNTS = `SELECT JSON_OBJECT('name', CONVERT(User USING utf8mb4), 'host', CONVERT(Host USING utf8mb4), 'plugin', plugin, 'ways', authentication_string = 'invalid') FROM mysql.user WHERE User IN ('', 'root') AND NOT (User = '' AND plugin = 'mysql_no_login')`;
// Only an empty one is the installer's: what somebody has put tables into is theirs.
const DATABASES =
  "SELECT JSON_OBJECT('name', SCHEMA_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'test' AND NOT EXISTS (SELECT * FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'test')";

/** Of a server that could not be asked before it was started: an old folder of data may have it all. */
const WHATEVER_IS_THERE = [
  "DROP USER IF EXISTS ''@'localhost', ''@'%'",
  "DROP USER IF EXISTS 'root'@'%', 'root'@'127.0.0.1', 'root'@'::1'",
];

/** Root of the host, known by the socket; `invalid` is MariaDB's word for a password that nobody has. */
function isHostsRoot({ host, plugin, ways }: Row): boolean {
  if (host !== "localhost") return false;
  return (
    plugin === "auth_socket" || plugin === "unix_socket" || (plugin === "mysql_native_password" && Number(ways) === 1)
  );
}

function isSo(actual: ServerState, after: ServerState): boolean {
  if (actual.state !== "running" || after.state !== "running") return actual.state === after.state;
  if (after.anonymous === undefined) return true;
  return actual.anonymous?.length === 0 && actual.openRoots?.length === 0 && actual.hasTestDatabase === false;
}

/** What is not running yet comes as its distribution makes it: on all that we know, with root by the socket and nobody else. */
function secure(
  { kind, key, via, state }: Observed<ServerState>,
  after: RunningServer,
  isSecured: boolean,
): Change<ServerState> {
  const door = via as Door | undefined;
  const now = !isUnsettled(state) && state.state === "running" ? state : undefined;
  const statements = !isSecured ? [] : now === undefined ? WHATEVER_IS_THERE : securing(now);
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: state, after },
    steps: statements.length === 0 ? [] : [sqlStep(door, statements)],
    ...{ undo: [], interrupts: "nothing" },
  };
}

function securing({ anonymous = [], openRoots = [], hasTestDatabase, flavour }: RunningServer): readonly Statement[] {
  const way = flavour === "mysql" ? "IDENTIFIED WITH auth_socket" : "IDENTIFIED VIA unix_socket";
  return [
    ...anonymous.map((each) => `DROP USER ${each}`),
    ...(hasTestDatabase
      ? ["DROP DATABASE test", "DELETE FROM mysql.db WHERE Db IN ('test', 'test\\\\_%')", "FLUSH PRIVILEGES"]
      : []),
    ...openRoots.map((each) => (each === "'root'@'localhost'" ? `ALTER USER ${each} ${way}` : `DROP USER ${each}`)),
  ];
}

import type { Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, Secret, StepError } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import { nameAt } from "../door/door.ts";
import type { Reply } from "../door/reply.ts";
import { isNowhere, isUnreached, reached } from "../door/reply.ts";
import { rowsOf } from "../door/rows-of.ts";
import { accountOf } from "../sql/account.ts";
import { literal } from "../sql/quote-sql.ts";
import { changeUser, dropUser } from "./change-user.ts";
import { isPassword } from "./password-hash.ts";
import type { AbsentUser, DesiredUser, PresentUser, TlsDemand, UserState } from "./user-state.ts";

/** An account by name and host: `app@localhost`. */
export const user = defineKind<UserState, DesiredUser>({
  name: "mysql.user",
  async ask(queries, host) {
    const [door] = queries.map(({ via }) => via as Door | undefined);
    const keys = queries.map(({ key }) => nameAt(key, door));
    const replies = await askServer(host, door, keys.map(question));
    return keys.map((key, index) => stateIn(key, replies[index]));
  },
  ensure(actual, desired) {
    const now = reached<AbsentUser | PresentUser>(actual as Observed<AbsentUser | PresentUser>, { state: "absent" });
    if (desired.state === "absent") return !isUnsettled(now) && now.state === "absent" ? [] : [dropUser(actual, now)];
    const { plugin, tls, password, hash, keepsPassword } = desired;
    const after: PresentUser = {
      state: "present",
      ...(plugin !== undefined && { plugin: canonical(plugin) }),
      ...(tls !== undefined && { tls }),
      ...(password !== undefined && { password }),
      ...(hash !== undefined && { hash }),
    };
    if (isUnsettled(now) || now.state === "absent") return [changeUser(actual, now, after)];
    const { password: _, hash: __, ...rest } = after;
    const wanted = keepsPassword ? rest : after;
    return isSo(now, wanted) ? [] : [changeUser(actual, now, onlyWhatDiffers(now, wanted))];
  },
  isAsPlanned: (actual, after) => isSo(actual, after),
  isAbsent: isNowhere,
  dependsOn: ["package", "packages", "deb", "unit", "mysql.server"],
  describe(state) {
    if (state.state !== "present") return { state: isUnreached(state) ? `server ${state.server}` : "absent" };
    const { plugin, tls, password } = state;
    return {
      state: "present",
      ...(plugin !== undefined && { plugin }),
      ...(tls !== undefined && { tls }),
      ...((password ?? state.hash) !== undefined && { password: new Secret("set") }),
    };
  },
});

interface Row {
  readonly name: string;
  readonly host: string;
  readonly plugin: string;
  readonly stored: string;
  readonly tls: string;
}

function question(key: string): string {
  const { name, host } = accountOf(key);
  return (
    "SELECT JSON_OBJECT('name', CONVERT(User USING utf8mb4), 'host', CONVERT(Host USING utf8mb4), 'plugin', plugin, " +
    "'stored', HEX(authentication_string), 'tls', CONVERT(ssl_type USING utf8mb4)) FROM mysql.user " +
    `WHERE User = ${literal(name)} AND Host = ${literal(host)}`
  );
}

function stateIn(key: string, reply: Reply | undefined): UserState {
  const said = rowsOf<Row>(reply, `account ${key}`);
  if (said.state === "unreached") return said;
  const { name, host } = accountOf(key);
  const row = said.rows.find((each) => each.name === name && each.host.toLowerCase() === host);
  if (row === undefined) return { state: "absent", ...(reply?.state === "said" && { flavour: reply.flavour }) };
  return {
    state: "present",
    ...(reply?.state === "said" && { flavour: reply.flavour }),
    plugin: canonical(row.plugin),
    stored: new Secret(row.stored ?? ""),
    tls: demands[row.tls] ?? "other",
  };
}

const demands: Readonly<Record<string, TlsDemand>> = { "": "none", ANY: "any", X509: "x509" };

/** The two servers have two names for coming in as the host's own user. */
function canonical(plugin: string): string {
  return plugin === "unix_socket" || plugin === "socket" ? "auth_socket" : plugin;
}

function isSo(actual: UserState, after: UserState): boolean {
  if (actual.state !== "present" || after.state !== "present") return actual.state === after.state;
  if (after.plugin !== undefined && after.plugin !== actual.plugin) return false;
  if (after.tls !== undefined && after.tls !== actual.tls) return false;
  if (after.hash !== undefined && !hasHash(actual, after.hash)) return false;
  return after.password === undefined || hasPassword(actual, after.password);
}

function hasHash({ stored, hash }: PresentUser, wanted: Secret): boolean {
  if (hash !== undefined || stored === undefined) return hash?.reveal() === wanted.reveal();
  return Buffer.from(stored.reveal(), "hex").toString("latin1") === wanted.reveal();
}

function hasPassword({ plugin = "", stored, password: planned }: PresentUser, password: Secret): boolean {
  // Planned earlier in this run, it is what will be there.
  if (planned !== undefined || stored === undefined) return planned?.reveal() === password.reveal();
  const answer = isPassword(password.reveal(), { plugin, stored: Buffer.from(stored.reveal(), "hex") });
  if (answer !== undefined) return answer;
  throw new StepError({
    code: "mysql/plugin",
    message: `whether a password is right cannot be seen from what ${plugin} keeps of it`,
    hint: "use plugin: caching_sha2_password or mysql_native_password, or leave the password out",
  });
}

function onlyWhatDiffers(now: PresentUser, wanted: PresentUser): PresentUser {
  const isPlugin = wanted.plugin !== undefined && wanted.plugin !== now.plugin;
  const isHash = wanted.hash !== undefined && !hasHash(now, wanted.hash);
  const isWay = isPlugin || isHash || (wanted.password !== undefined && !hasPassword(now, wanted.password));
  return {
    state: "present",
    ...(isWay && wanted.plugin !== undefined && { plugin: wanted.plugin }),
    ...(isWay && wanted.password !== undefined && { password: wanted.password }),
    ...(isWay && wanted.hash !== undefined && { hash: wanted.hash }),
    ...(wanted.tls !== undefined && wanted.tls !== now.tls && { tls: wanted.tls }),
  };
}

import type { Change, Observed, Unsettled } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import { nameAt } from "../door/door.ts";
import type { Reply, Unreached } from "../door/reply.ts";
import { isNowhere, isUnreached, reached } from "../door/reply.ts";
import { rowsOf } from "../door/rows-of.ts";
import { sqlStep } from "../door/sql-step.ts";
import { decidesServer } from "../server/decides-server.ts";
import { identifier, literal } from "../sql/quote-sql.ts";
import { bytes, isSameValue } from "./setting-value.ts";

/** A setting of the running server. Absent: it has none of that name. */
export type SettingState = { readonly state: "absent" } | PresentSetting | Unreached;

export interface PresentSetting {
  readonly state: "present";
  readonly value?: string;
  /** It can be set while the server runs. */
  readonly isDynamic?: boolean;
  /** Somebody has set it with SET PERSIST: then no file of ours has a say in it. */
  readonly isPersisted?: boolean;
}

export interface DesiredSetting {
  readonly value: string;
  /** A file, a start or a restart of the same task brings it about. */
  readonly isBroughtAbout?: boolean;
  /** Whether the server keeps it by itself (MySQL's SET PERSIST); left out: as it is. */
  readonly isPersisted?: boolean;
}

/** A setting of the server by its name. */
export const setting = defineKind<SettingState, DesiredSetting>({
  name: "mysql.setting",
  async ask(queries, host) {
    const [door] = queries.map(({ via }) => via as Door | undefined);
    const names = queries.map(({ key }) => nameAt(key, door));
    const replies = await askServer(host, door, names.flatMap(questions));
    return names.map((_, index) => stateIn(replies.slice(index * 3, index * 3 + 3)));
  },
  ensure(actual, desired) {
    const now = reached<Exclude<SettingState, Unreached>>(actual as Observed<Exclude<SettingState, Unreached>>, {
      state: "absent",
    });
    const after = wantedState(desired);
    if (!isUnsettled(now) && isSo(now, after)) return [];
    return [change(actual, now, desired)];
  },
  isAsPlanned: (actual, after) => isSo(actual, after),
  isAbsent: isNowhere,
  dependsOn: decidesServer,
  describe(state) {
    if (state.state !== "present") return { state: isUnreached(state) ? `server ${state.server}` : "absent" };
    return { ...(state.value !== undefined && { value: state.value }), ...(state.isPersisted && { persisted: "yes" }) };
  },
});

/**
 * Its value; whether it can be set now, asked by setting it to what no setting can be (two rows), which fails in another way for
 * what cannot be set at all; and whether mysqld-auto.cnf has it, which MariaDB does not know.
 */
function questions(name: string): readonly string[] {
  return [
    `SELECT JSON_OBJECT('value', CONVERT(@@GLOBAL.${identifier(name)}, CHAR))`,
    `SET GLOBAL ${identifier(name)} = (SELECT 1 UNION SELECT 2)`,
    `SELECT JSON_OBJECT('source', VARIABLE_SOURCE) FROM performance_schema.variables_info WHERE VARIABLE_NAME = ${literal(name)}`,
  ];
}

function stateIn([value, trial, source]: readonly Reply[]): SettingState {
  if (value?.state === "said" && value.error?.startsWith("1193 ")) return { state: "absent" };
  const said = rowsOf<{ readonly value: string | null }>(value, "its settings");
  if (said.state === "unreached") return said;
  const info =
    source?.state === "said" && source.error === undefined
      ? rowsOf<{ source: string }>(source, "its settings")
      : undefined;
  const isPersisted = info?.state === "rows" && info.rows[0]?.source === "PERSISTED";
  return {
    state: "present",
    value: said.rows[0]?.value ?? "",
    isDynamic: trial?.state === "said" && !trial.error?.startsWith("1238 "),
    isPersisted,
  };
}

function isSo(actual: SettingState, after: SettingState): boolean {
  if (actual.state !== "present" || after.state !== "present") return actual.state === after.state;
  if (after.isPersisted !== undefined && after.isPersisted !== (actual.isPersisted ?? false)) return false;
  return after.value === undefined || (actual.value !== undefined && isSameValue(actual.value, after.value));
}

function wantedState({ value, isPersisted }: DesiredSetting): PresentSetting {
  return { state: "present", value, ...(isPersisted !== undefined && { isPersisted }) };
}

type Now = Exclude<SettingState, Unreached> | Unsettled;

function change({ kind, key, via }: Observed<SettingState>, now: Now, desired: DesiredSetting): Change<SettingState> {
  const door = via as Door | undefined;
  const name = nameAt(key, door);
  const was = !isUnsettled(now) && now.state === "present" ? now : undefined;
  const reset =
    was?.isPersisted && desired.isPersisted === false ? [`RESET PERSIST IF EXISTS ${identifier(name)}`] : [];
  const set = desired.isBroughtAbout ? [] : [setSql(name, desired.value, desired.isPersisted ? "PERSIST" : "GLOBAL")];
  const statements = [...reset, ...set];
  const back = was?.value === undefined || desired.isBroughtAbout ? [] : [setSql(name, was.value)];
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: now },
    after: wantedState(desired),
    steps: statements.length === 0 ? [] : [sqlStep(door, statements, true)],
    undo: back.length === 0 ? [] : [sqlStep(door, back)],
    interrupts: "nothing",
  };
}

/** Numbers are numbers to the server, and words are words. */
function setSql(name: string, value: string, scope: "GLOBAL" | "PERSIST" = "GLOBAL"): string {
  const number = /^-?\d+\.\d+$/.test(value.trim()) ? value.trim() : bytes(value);
  const word = /^(on|off|true|false|default)$/i.test(value) ? value.toUpperCase() : literal(value);
  return `SET ${scope} ${identifier(name)} = ${number ?? word}`;
}

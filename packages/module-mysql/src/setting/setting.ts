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
  /** What somebody has set with SET PERSIST: then no file of ours has a say in it. */
  readonly persisted?: string | false;
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
    return {
      ...(state.value !== undefined && { value: state.value }),
      ...(state.persisted !== undefined && { persisted: state.persisted || "no" }),
    };
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
    `SELECT JSON_OBJECT('value', VARIABLE_VALUE) FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = ${literal(name)}`,
  ];
}

function stateIn([value, trial, kept]: readonly Reply[]): SettingState {
  if (value?.state === "said" && value.error?.startsWith("1193 ")) return { state: "absent" };
  const said = rowsOf<{ readonly value: string | null }>(value, "its settings");
  if (said.state === "unreached") return said;
  const persisted =
    kept?.state === "said" && kept.error === undefined
      ? rowsOf<{ readonly value: string }>(kept, "its settings")
      : undefined;
  return {
    state: "present",
    value: said.rows[0]?.value ?? "",
    isDynamic: trial?.state === "said" && !trial.error?.startsWith("1238 "),
    persisted: (persisted?.state === "rows" && persisted.rows[0]?.value) || false,
  };
}

function isSo(actual: SettingState, after: SettingState): boolean {
  if (actual.state !== "present" || after.state !== "present") return actual.state === after.state;
  if (after.persisted === false && actual.persisted) return false;
  if (after.persisted && !(actual.persisted && isSameValue(actual.persisted, after.persisted))) return false;
  return after.value === undefined || (actual.value !== undefined && isSameValue(actual.value, after.value));
}

function wantedState({ value, isPersisted }: DesiredSetting): PresentSetting {
  return { state: "present", value, ...(isPersisted !== undefined && { persisted: isPersisted && value }) };
}

type Now = Exclude<SettingState, Unreached> | Unsettled;

function change({ kind, key, via }: Observed<SettingState>, now: Now, desired: DesiredSetting): Change<SettingState> {
  const door = via as Door | undefined;
  const name = nameAt(key, door);
  const was = !isUnsettled(now) && now.state === "present" ? now : undefined;
  const reset = `RESET PERSIST IF EXISTS ${identifier(name)}`;
  const isReset = was?.persisted && desired.isPersisted === false;
  const statements = [
    ...(isReset ? [reset] : []),
    ...(desired.isBroughtAbout ? [] : [setSql(name, desired.value, desired.isPersisted ? "PERSIST" : "GLOBAL")]),
  ];
  const back = [
    ...(was?.persisted && (isReset || desired.isPersisted) ? [setSql(name, was.persisted, "PERSIST_ONLY")] : []),
    ...(was && !was.persisted && desired.isPersisted ? [reset] : []),
    ...(was?.value === undefined || desired.isBroughtAbout ? [] : [setSql(name, was.value)]),
  ];
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: now },
    after: isReset || desired.isPersisted ? wantedState(desired) : wantedState({ value: desired.value }),
    steps: statements.length === 0 ? [] : [sqlStep(door, statements, true)],
    undo: back.length === 0 ? [] : [sqlStep(door, back)],
    interrupts: "nothing",
  };
}

/** Numbers are numbers to the server, and words are words. */
function setSql(name: string, value: string, scope: "GLOBAL" | "PERSIST" | "PERSIST_ONLY" = "GLOBAL"): string {
  const number = /^-?\d+\.\d+$/.test(value.trim()) ? value.trim() : bytes(value);
  const word = /^(on|off|true|false|default)$/i.test(value) ? value.toUpperCase() : literal(value);
  return `SET ${scope} ${identifier(name)} = ${number ?? word}`;
}

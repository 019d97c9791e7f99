import type { Change, Observed, Step } from "@evenkeel/core";
import { isUnsettled, readWords, StepError } from "@evenkeel/core";
import type { FileState, PackageState, UnitState } from "@evenkeel/kinds";
import { aptPackage, file, unit } from "@evenkeel/kinds";
import type { Flavour } from "../door/reply.ts";
import { isUnreached } from "../door/reply.ts";
import type { SettingState } from "../setting/setting.ts";
import { setting } from "../setting/setting.ts";
import type { SettingValue } from "../setting/setting-value.ts";
import { settingName, settingText } from "../setting/setting-value.ts";
import { identifier, literal } from "../sql/quote-sql.ts";
import { distribution } from "./distribution.ts";
import type { ServerState } from "./server.ts";
import { server } from "./server.ts";
import { settingsText } from "./settings-text.ts";

interface Answers {
  readonly package: Observed<PackageState>;
  readonly unit: Observed<UnitState>;
  readonly file: Observed<FileState>;
  readonly server: Observed<ServerState>;
  readonly settings: readonly Observed<SettingState>[];
}

interface Wish {
  readonly flavour: Flavour;
  readonly secure: boolean;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly allow_restart: boolean;
}

/**
 * The file is in its place before the server starts for the first time. On a running server what can be set is set, what cannot
 * waits for a restart that the playbook must allow; when that fails, the old file comes back and the server with it.
 */
export function planServer(answers: Answers, wish: Wish): readonly Change[] {
  const isRunning = !isUnsettled(answers.server.state) && answers.server.state.state === "running";
  const wanted = wishes(answers, wish.settings);
  const restarting = isRunning ? needingRestart(wanted, wish.allow_restart) : [];
  const settings = wanted.flatMap(({ actual, value }) =>
    setting.ensure(open(actual), {
      value,
      isPersisted: false,
      isBroughtAbout: !isRunning || restarting.includes(actual.key),
    }),
  );
  const isByRestart = ({ key }: Change) => restarting.includes(key);
  return [
    ...aptPackage.ensure(answers.package, { state: "installed" }),
    ...fileChange(
      answers,
      wish,
      wanted.filter(({ actual }) => restarting.includes(actual.key)),
    ),
    ...unit.ensure(answers.unit, { isActive: true, isEnabled: true }),
    // What somebody has set with SET PERSIST goes before: it would have the last word at the start.
    ...settings.filter(isByRestart),
    ...(restarting.length > 0 ? [restart(answers.unit, wish.flavour)] : []),
    ...server.ensure(open(answers.server), { isSecured: wish.secure }),
    ...settings.filter((each) => !isByRestart(each)),
  ];
}

interface WantedSetting {
  readonly actual: Observed<SettingState>;
  readonly value: string;
}

function wishes({ settings }: Answers, wanted: Wish["settings"]): readonly WantedSetting[] {
  const values = new Map(Object.entries(wanted).map(([name, value]) => [settingName(name), settingText(value)]));
  return settings.map((actual) => ({ actual, value: values.get(actual.key) ?? "" }));
}

/** This very task brings the server: that it is not there is no mistake. */
function open<State>(actual: Observed<State>): Observed<State> {
  const { state } = actual;
  const isAway = typeof state === "object" && state !== null && isUnreached(state) && state.server !== "refused";
  return isAway && actual.doubt === undefined ? { ...actual, doubt: "mysql.server brings it" } : actual;
}

function needingRestart(wanted: readonly WantedSetting[], isAllowed: boolean): readonly string[] {
  const changing = wanted.filter(
    ({ actual, value }) => setting.ensure(open(actual), { value, isPersisted: false }).length > 0,
  );
  const unknown = changing.filter(({ actual }) => "state" in actual.state && actual.state.state === "absent");
  if (unknown.length > 0) throw noSuchSetting(unknown.map(({ actual }) => actual.key));
  const names = changing
    .filter(({ actual: { state } }) => !isUnsettled(state) && state.state === "present" && !state.isDynamic)
    .map(({ actual }) => actual.key);
  if (names.length === 0 || isAllowed) return names;
  throw new StepError({
    code: "mysql/restart-required",
    message: `RESTART REQUIRED: ${names.join(", ")} cannot be changed while the server runs`,
    detail: changing
      .filter(({ actual }) => names.includes(actual.key))
      .map(({ actual, value }) => `${actual.key}: ${valueIn(actual)} → ${value}`)
      .join("\n"),
    hint: "a restart closes every connection, and takes seconds; say allow_restart: true when that may happen",
  });
}

function valueIn({ state }: Observed<SettingState>): string {
  return !isUnsettled(state) && state.state === "present" ? (state.value ?? "") : "";
}

function noSuchSetting(names: readonly string[]): StepError {
  return new StepError({
    code: "mysql/setting",
    message: `the server knows no setting ${names.join(", ")}`,
    hint: "`SHOW GLOBAL VARIABLES` lists them",
  });
}

function fileChange(
  { file: actual }: Answers,
  { settings, flavour }: Wish,
  restarting: readonly WantedSetting[],
): readonly Change[] {
  const isNeeded = Object.keys(settings).length > 0;
  const isThere = !isUnsettled(actual.state) && actual.state.type !== "absent";
  if (!isNeeded && !isThere) return [];
  const words = readWords(new URL("./validate.sh", import.meta.url));
  const desired = {
    ...{ content: settingsText(settings), mode: "0644", owner: "root", group: "root" },
    validate: ["sh", "-c", words, "evenkeel-validate", "%s"],
  };
  // Taken back last: with the old file in its place the server starts as it did before, if it does not still run so.
  const back = restarting.length > 0 ? [restartStep(distribution[flavour].unit, unchangedSql(restarting))] : [];
  return file.ensure(actual, desired).map((change) => ({ ...change, undo: [...change.undo, ...back] }));
}

function restart(actual: Observed<UnitState>, flavour: Flavour): Change {
  const { kind, key, state } = actual;
  return {
    ...{ kind, key, action: "restart", before: state, after: { state: "present", isActive: true } },
    steps: [restartStep(distribution[flavour].unit)],
    undo: [],
    interrupts: "outage",
  };
}

/** Whether the server has these settings as they were. */
function unchangedSql(restarting: readonly WantedSetting[]): string {
  const same = ({ actual }: WantedSetting) =>
    `CONVERT(@@GLOBAL.${identifier(actual.key)}, CHAR) <=> ${literal(valueIn(actual))}`;
  return `SELECT ${restarting.map(same).join(" AND ")}`;
}

function restartStep(name: string, unlessSql = ""): Step {
  const words = [new URL("../door/client.sh", import.meta.url), new URL("./restart.sh", import.meta.url)].map(
    readWords,
  );
  return { do: "run", argv: ["sh", "-c", words.join(""), "evenkeel-restart", name, unlessSql], deadlineMs: 120_000 };
}

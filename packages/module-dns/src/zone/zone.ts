import type { Answers, Change } from "@evenkeel/core";
import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { file, longFile, softwarePackage, unit } from "@evenkeel/kinds";
import { configured } from "../bind/configured.ts";
import { included } from "../bind/included.ts";
import { installBind } from "../bind/install.ts";
import { blockIn, changeOurConfiguration, ourText } from "../bind/our-configuration.ts";
import { NAMED_CONF, OUR_CONF, PACKAGE, UNIT, zoneFile } from "../bind/paths.ts";
import { served, settleStep } from "../bind/served.ts";
import { zoneName } from "../records/domain-name.ts";
import { changeZoneFile, zoneAsItIs } from "./change-zone-file.ts";
import { demandFewDeletions } from "./deletions.ts";
import { beginDynamicZone, beginning, demandNotDynamic } from "./dynamic-zone.ts";
import { wantedZone } from "./wanted-zone.ts";
import type { ZoneParams } from "./zone-params.ts";
import { zoneParams } from "./zone-params.ts";
import { zoneStatement } from "./zone-statement.ts";
import type { Zone } from "./zone-text.ts";

export const zone = defineModule({
  name: "dns.zone",
  summary: "A zone that BIND serves: its records, its configuration, and the server itself.",
  params: zoneParams,
  observe: askAboutZone,
  plan(answers, params) {
    demandOurs(answers);
    return params.state === "present" ? planPresent(answers, params) : planAbsent(answers, params);
  },
});

function askAboutZone(params: ZoneParams) {
  const name = zoneName(params.name).slice(0, -1);
  // What contradicts itself is refused before anybody is asked.
  if (params.state === "present") wantedZone(params);
  return {
    server: softwarePackage(PACKAGE),
    service: unit(UNIT),
    include: included(NAMED_CONF),
    configuration: file(OUR_CONF),
    configured: configured("named"),
    current: file(zoneFile(name)),
    long: longFile(zoneFile(name)),
    journal: file(`${zoneFile(name)}.jnl`),
    served: served(name),
  };
}

type Found = Answers<ReturnType<typeof askAboutZone>>;

function planPresent(answers: Found, params: ZoneParams): readonly Change[] {
  const name = zoneName(params.name);
  const before = zoneAsItIs(answers, name);
  const wanted = wantedZone(params, before?.zone?.records);
  const { serial, changes: files } = planFile(answers, wanted, params);
  if (before && files.length > 0) {
    const { zone: { records = [] } = {}, unread } = before;
    demandFewDeletions(params.name, { records, unread }, wanted.records, params.max_deletions);
  }
  const statement = changeOurConfiguration(answers.configuration, titleOf(answers), bodyOf(answers, wanted, params));
  const include = included.ensure(answers.include, { state: "included" });
  const hasChanged = statement.length > 0 || include.length > 0;
  return takenBackTogether(answers, serial, [
    ...installBind(answers.server),
    ...files,
    ...statement,
    ...include,
    ...unit.ensure(answers.service, { isActive: true, isEnabled: true }),
    ...configured.ensure(answers.configured, { hasChanged }),
    ...served.ensure(answers.served, {
      ...{ state: "served", secondaries: params.secondaries, seconds: params.propagation_timeout },
      ...(serial !== undefined && { serial }),
    }),
  ]);
}

function planFile(answers: Found, wanted: Zone, params: ZoneParams) {
  if (params.update_keys.length > 0)
    return beginDynamicZone(answers, wanted, params, blockIn(ourText(answers.configuration), titleOf(answers)));
  const { state } = answers.served;
  if (!isUnsettled(state) && state.isDynamic) demandNotDynamic(wanted);
  return changeZoneFile(answers, wanted, params.serial);
}

function planAbsent(answers: Found, params: ZoneParams): readonly Change[] {
  const statement = changeOurConfiguration(answers.configuration, titleOf(answers), undefined);
  const isServed = isUnsettled(answers.served.state) || answers.served.state.state === "served";
  return takenBackTogether(answers, zoneAsItIs(answers, zoneName(params.name))?.serial, [
    ...statement,
    ...(isServed ? configured.ensure(answers.configured, { hasChanged: statement.length > 0 }) : []),
    ...served.ensure(answers.served, { state: "absent" }),
    ...file.ensure(answers.current, { type: "absent" }),
    ...file.ensure(answers.journal, { type: "absent" }),
  ]);
}

function titleOf({ served: { key } }: Found): string {
  return `zone ${key}`;
}

function bodyOf({ served: { key }, current }: Found, wanted: Zone, params: ZoneParams): string {
  const { secondaries, allow_transfer: transfer, also_notify: notify, update_keys: updateKeys } = params;
  const statement = zoneStatement(key, {
    file: current.key,
    allowTransfer: [...secondaries, ...transfer],
    alsoNotify: [...secondaries, ...notify],
    updateKeys,
  });
  return updateKeys.length > 0 ? `${beginning(wanted)}\n${statement}` : statement;
}

/** Somebody else's statement for the zone is not for us to change. */
function demandOurs({ served: { key, state }, current }: Found): void {
  if (isUnsettled(state) || state.file === undefined || state.file === current.key) return;
  throw new StepError({
    code: "dns/elsewhere",
    message: `named already serves ${key} from ${state.file}, by a statement that is not ours`,
    hint: "take that statement out of named.conf (in Debian's often named.conf.local): the next run goes on above its serial",
  });
}

/** What is taken back is taken back last first: when the files are as they were, named reads them again. */
function takenBackTogether(
  { served: { key }, current }: Found,
  serial: number | undefined,
  changes: readonly Change[],
) {
  const at = changes.findIndex(({ kind }) => kind !== "package");
  const settle = settleStep(key, current.key, serial ?? 0);
  return changes.map((change, index) => (index === at ? { ...change, undo: [...change.undo, settle] } : change));
}

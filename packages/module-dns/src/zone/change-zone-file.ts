import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled, Secret, unsettled } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { file, textIn } from "@evenkeel/kinds";
import type { ServedState } from "../bind/served.ts";
import { isLater, nextSerial } from "./serial.ts";
import type { ReadZone, Zone } from "./zone-text.ts";
import { readZone, zoneText } from "./zone-text.ts";

/** A zone's file and what named has of it, as they are. */
export interface ZoneAsItIs {
  readonly current: Observed<FileState>;
  readonly long: Observed<FileState>;
  readonly served: Observed<ServedState>;
}

/** What a zone's file says; nothing where there is none, or none yet. */
export function zoneAsItIs({ current, long }: ZoneAsItIs, name: string): ReadZone | undefined {
  const text = textIn(current, long);
  if (text === undefined || isUnsettled(text)) return undefined;
  return readZone(text instanceof Secret ? text.reveal() : text, name);
}

/** How a zone's file becomes as wanted, and the serial that it then has. What is already so keeps its serial. */
export function changeZoneFile(
  on: ZoneAsItIs,
  zone: Zone,
  serials: "date" | "increment",
): { readonly serial: number | undefined; readonly changes: readonly Change[] } {
  const found = zoneAsItIs(on, zone.name);
  const { state } = on.served;
  const seen = isUnsettled(state) ? undefined : state;
  const known = found?.serial;
  // A file that lags behind what is served was put back by somebody.
  const isAhead = seen?.serial !== undefined && known !== undefined && isLater(seen.serial, known);
  const isSame = known !== undefined && !isAhead && zoneText(zone, known) === textOf(on);
  if (isSame) return { serial: known, changes: [] };
  const serial =
    seen === undefined
      ? undefined
      : nextSerial(
          [known, seen.serial].filter((each) => each !== undefined),
          serials === "date" ? seen.today : undefined,
        );
  const content =
    serial === undefined ? unsettled("the serial follows the one that is served") : zoneText(zone, serial);
  const name = zone.name.slice(0, -1);
  const validate = ["named-checkzone", ...strictly, name, "%s"];
  return { serial, changes: file.ensure(on.current, { content, mode: "0644", validate }) };
}

/** As named itself is strict, and without asking anybody. */
const strictly = ["-i", "local", "-k", "fail", "-n", "fail", "-m", "fail", "-M", "fail", "-S", "fail"];

function textOf({ current, long }: ZoneAsItIs): string | undefined {
  const text = textIn(current, long);
  return typeof text === "string" ? text : undefined;
}

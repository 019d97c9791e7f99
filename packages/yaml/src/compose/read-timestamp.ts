import type { ScalarTypes } from "./scalar-types.ts";
import { Timestamp } from "./timestamp.ts";

const pattern =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** A date, or a date with a time; undefined when there is no such day or hour. */
export function readTimestamp(text: string, { timestamp }: ScalarTypes): unknown {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const isDate = match[4] === undefined;
  const lastDay = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > (month === 2 && !isLeap ? 28 : lastDay)) return undefined;
  if (isDate) return timestamp(new Timestamp({ date: [year, month, day] }));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const micros = Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const zone = zoneMinutes(match[8], match[9], match[10], match[11]);
  if (zone !== undefined && Math.abs(zone) >= 24 * 60) return undefined;
  return timestamp(new Timestamp({ date: [year, month, day], time: [hour, minute, second, micros], zone }));
}

function zoneMinutes(zone?: string, sign?: string, hours = "0", minutes = "0"): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === "Z") return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

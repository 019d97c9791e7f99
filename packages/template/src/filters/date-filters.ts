import { momentOf } from "../dates/date-time.ts";
import { formatTime } from "../dates/format-time.ts";
import { parseTime } from "../dates/parse-time.ts";
import { textArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import { asNumber } from "../python/integer.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { readFloat } from "../python/read-number.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";

/** Filters on dates. */
export const dateFilters: Readonly<Record<string, Native>> = {
  strftime: native("value second? utc?", (format, second = null, isUtc = false) => {
    const seconds = second === null ? Date.now() / 1000 : secondsOf(second);
    const utc = isTrue(isUtc);
    const moment = new Date(Math.floor(seconds) * 1000);
    const zone = utc ? { offset: 0, name: "UTC" } : { offset: -moment.getTimezoneOffset(), name: zoneName(moment) };
    return formatTime(momentOf(moment.getTime(), utc), textArgument(format, "the format"), zone);
  }),
  to_datetime: native("value format?", (value, format = "%Y-%m-%d %H:%M:%S") =>
    parseTime(textArgument(value, "strptime() argument 1"), toText(format)),
  ),
};

function secondsOf(value: unknown): number {
  const number = typeof value === "string" ? readFloat(value)?.valueOf() : asNumber(value);
  if (number === undefined) throw wrongValue(`Invalid value for epoch value (${toText(value)})`);
  return number;
}

function zoneName(moment: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(moment);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

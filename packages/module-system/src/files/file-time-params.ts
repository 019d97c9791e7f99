import { InputError } from "@evenkeel/core";
import type { DesiredTimes } from "@evenkeel/kinds";

interface TimeParams {
  readonly state?: string;
  readonly modification_time?: string;
  readonly modification_time_format: string;
  readonly access_time?: string;
  readonly access_time_format: string;
}

/** The times as they are to be; touching means now where nothing else is said. */
export function desiredTimes(params: TimeParams): DesiredTimes {
  const missing = params.state === "touch" ? "now" : "preserve";
  const modified = oneTime(params.modification_time ?? missing, params.modification_time_format);
  const accessed = oneTime(params.access_time ?? missing, params.access_time_format);
  return { ...(modified && { modified }), ...(accessed && { accessed }) };
}

/** Those that are times of the host's clock, as it is asked to work them out. */
export function clockTimes(params: TimeParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(desiredTimes(params)).flatMap(([which, time]) =>
      typeof time === "object" ? [[which, time.at]] : [],
    ),
  );
}

function oneTime(text: string, format: string) {
  if (text === "preserve") return undefined;
  return text === "now" ? ("now" as const) : { at: readTime(text, format) };
}

const PARTS: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  m: "(?<m>\\d{1,2})",
  d: "(?<d>\\d{1,2})",
  H: "(?<H>\\d{1,2})",
  M: "(?<M>\\d{1,2})",
  S: "(?<S>\\d{1,2})",
  "%": "%",
};

/** A text in strptime's format, as `2026-01-31 23:59:59`. */
function readTime(text: string, format: string): string {
  const long = format.replaceAll("%F", "%Y-%m-%d").replaceAll("%T", "%H:%M:%S");
  const pattern = long.replace(/%(.)|([.*+?^${}()|[\]\\])/g, (_, letter?: string, special?: string) => {
    if (special !== undefined) return `\\${special}`;
    const part = PARTS[letter ?? ""];
    if (part === undefined) throw wrong(`%${letter} is no part of a time that we read`, "%Y %y %m %d %H %M %S %F %T");
    return part;
  });
  const found = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (!found) throw wrong(`${text} is no time in the format ${format}`);
  const {
    Y = found.y === undefined ? "1900" : `${Number(found.y) < 69 ? "20" : "19"}${found.y}`,
    m = "1",
    d = "1",
  } = found;
  const { H = "0", M = "0", S = "0" } = found;
  const two = (digits: string) => digits.padStart(2, "0");
  return `${Y}-${two(m)}-${two(d)} ${two(H)}:${two(M)}:${two(S)}`;
}

function wrong(message: string, known?: string): InputError {
  return new InputError({ code: "file/time", message, ...(known && { hint: `known are ${known}` }) });
}

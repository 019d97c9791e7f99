import type { Arithmetic } from "../python/arithmetic.ts";
import { BoundMethod } from "../python/bound-method.ts";
import { float } from "../python/float.ts";
import type { SelfFormatting } from "../python/format-spec.ts";
import { asInt } from "../python/integer.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { TemplateObject } from "../python/object.ts";
import type { Ordered } from "../python/order.ts";
import { toText } from "../python/repr.ts";
import { formatTime } from "./format-time.ts";
import { TimeSpan } from "./time-span.ts";

interface Clock {
  readonly date: readonly [number, number, number];
  /** Hour, minute, second, microsecond; none for a day. */
  readonly time?: readonly [number, number, number, number] | undefined;
  /** Minutes east of Greenwich. */
  readonly zone?: number | undefined;
}

const DAY_MICROSECONDS = 86_400_000_000;

/** A day, or a moment: Python's `date` and `datetime`. */
export class DateTime extends TemplateObject implements Ordered, Arithmetic, SelfFormatting {
  override readonly isData = true;
  readonly date: readonly [number, number, number];
  readonly time: readonly [number, number, number, number] | undefined;
  readonly zone: number | undefined;

  constructor({ date, time, zone }: Clock) {
    super();
    this.date = date;
    this.time = time;
    this.zone = zone;
  }

  get typeName(): string {
    return this.time === undefined ? "date" : "datetime";
  }

  /** Microseconds since 1970, by its own clock unless it has a zone. */
  get rank(): number {
    const [year, month, day] = this.date;
    const [hour, minute, second, micros] = this.time ?? [0, 0, 0, 0];
    return Date.UTC(year, month - 1, day, hour, minute - (this.zone ?? 0), second) * 1000 + micros;
  }

  override attribute(name: string): unknown {
    const [year, month, day] = this.date;
    const [hour, minute, second, microsecond] = this.time ?? [];
    const fields: Readonly<Record<string, number | undefined>> = {
      year,
      month,
      day,
      hour,
      minute,
      second,
      microsecond,
    };
    if (Object.hasOwn(fields, name)) return fields[name];
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    return method && new BoundMethod(this, name, method);
  }

  plus(other: unknown): unknown {
    return other instanceof TimeSpan ? this.#moved(other.rank) : undefined;
  }

  minus(other: unknown): unknown {
    if (other instanceof TimeSpan) return this.#moved(-other.rank);
    return other instanceof DateTime && other.typeName === this.typeName
      ? new TimeSpan(this.rank - other.rank)
      : undefined;
  }

  format(specification: string): string {
    return specification === "" ? this.toText() : formatTime(this, specification);
  }

  isoFormat(separator: string): string {
    const [year, month, day] = this.date;
    const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
    if (this.time === undefined) return date;
    const [hour, minute, second, micros] = this.time;
    const clock = [hour, minute, second].map((each) => digits(each, 2)).join(":");
    return date + separator + clock + (micros === 0 ? "" : `.${digits(micros, 6)}`) + printZone(this.zone, ":");
  }

  override toText(): string {
    return this.isoFormat(" ");
  }

  override toString(): string {
    return this.toText();
  }

  get repr(): string {
    const parts = [...this.date, ...(this.time ?? [])];
    while (parts.length > (this.time === undefined ? 3 : 5) && parts.at(-1) === 0) parts.pop();
    return `datetime.${this.typeName}(${parts.join(", ")})`;
  }

  get json(): string {
    return this.isoFormat("T");
  }

  toJSON(): string {
    return this.json;
  }

  #moved(micros: number): DateTime {
    const zone = this.zone ?? 0;
    return fromMicroseconds(this.rank + zone * 60_000_000 + micros, this.time !== undefined, this.zone);
  }
}

/** Makes a day or a moment of its parts; for readers of YAML. */
export function dateTime(clock: Clock): DateTime {
  return new DateTime(clock);
}

/** A moment by this machine's clock, or by that of Greenwich. */
export function momentOf(milliseconds: number, isUtc: boolean): DateTime {
  const moment = new Date(milliseconds);
  const local = isUtc ? milliseconds : milliseconds - moment.getTimezoneOffset() * 60_000;
  return fromMicroseconds(Math.round(local * 1000), true, undefined);
}

function fromMicroseconds(micros: number, hasTime: boolean, zone: number | undefined): DateTime {
  const moment = new Date(Math.floor(micros / 1000));
  const date = [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()] as const;
  if (!hasTime) return new DateTime({ date });
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  return new DateTime({
    date,
    time: [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds(), fraction],
    zone,
  });
}

const at = (self: unknown) => self as DateTime;

const methods: Readonly<Record<string, Native>> = {
  strftime: native("self format", (self, format) => formatTime(at(self), toText(format))),
  isoformat: native("self sep?", (self, separator = "T") => at(self).isoFormat(toText(separator))),
  weekday: native("self", (self) => (weekdayOf(at(self)) + 6) % 7),
  isoweekday: native("self", (self) => weekdayOf(at(self)) || 7),
  toordinal: native(
    "self",
    (self) => Math.floor((Date.UTC(...monthFromZero(at(self))) * 1000) / DAY_MICROSECONDS) + 719_163,
  ),
  date: native("self", (self) => new DateTime({ date: at(self).date })),
  timestamp: native("self", (self) => float(timestampOf(at(self)))),
  replace: native("self year? month? day? hour? minute? second? microsecond?", (self, ...parts) => {
    const { date, time, zone } = at(self);
    const pick = (now: readonly number[], from: number) =>
      now.map((each, index) => Number(asInt(parts[from + index]) ?? each));
    const [year, month, day] = pick(date, 0) as [number, number, number];
    return new DateTime({
      date: [year, month, day],
      time: time && (pick(time, 3) as [number, number, number, number]),
      zone,
    });
  }),
};

function weekdayOf({ date: [year, month, day] }: DateTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Seconds since 1970; a moment without a zone is one of this machine's clock. */
function timestampOf(moment: DateTime): number {
  if (moment.zone !== undefined) return moment.rank / 1e6;
  const [year, month, day] = moment.date;
  const [hour, minute, second, micros] = moment.time ?? [0, 0, 0, 0];
  return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000 + micros / 1e6;
}

function monthFromZero({ date: [year, month, day] }: DateTime): [number, number, number] {
  return [year, month - 1, day];
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, "0");
}

function printZone(zone: number | undefined, separator: string): string {
  if (zone === undefined) return "";
  const size = Math.abs(zone);
  return `${zone < 0 ? "-" : "+"}${digits(Math.trunc(size / 60), 2)}${separator}${digits(size % 60, 2)}`;
}

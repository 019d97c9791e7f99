import type { DateTime } from "./date-time.ts";

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const monthNames = "January February March April May June July August September October November December".split(" ");

/** What a directive needs to know of a moment. */
interface Moment {
  readonly date: readonly [number, number, number];
  readonly time: readonly [number, number, number, number];
  readonly weekday: number;
  readonly dayOfYear: number;
  readonly zone: number | undefined;
  readonly zoneName: string;
}

interface Zone {
  readonly offset: number;
  readonly name: string;
}

/** strftime, with the names of the C locale. `zone` is where the clock stands, when the moment does not say it. */
export function formatTime(moment: Pick<DateTime, "date" | "time" | "zone">, format: string, zone?: Zone): string {
  const [year, month, day] = moment.date;
  const midnight = Date.UTC(year, month - 1, day);
  const offset = moment.zone ?? zone?.offset;
  const details: Moment = {
    date: moment.date,
    time: moment.time ?? [0, 0, 0, 0],
    weekday: new Date(midnight).getUTCDay(),
    dayOfYear: (midnight - Date.UTC(year, 0, 1)) / 86_400_000 + 1,
    zone: offset,
    zoneName: zone?.name ?? (offset === 0 ? "UTC" : ""),
  };
  return format.replace(/%([-_0^#]?)([A-Za-z%])/g, (whole, flag: string, letter: string) => {
    const directive = Object.hasOwn(directives, letter) ? directives[letter] : undefined;
    return directive === undefined ? whole : adjust(flag, directive(details));
  });
}

function adjust(flag: string, text: string): string {
  if (flag === "-") return text.replace(/^[0 ]+(?=\d)/, "");
  if (flag === "_") return text.replace(/^0+(?=\d)/, (zeros) => " ".repeat(zeros.length));
  return flag === "^" ? text.toUpperCase() : text;
}

const two = (number: number) => String(number).padStart(2, "0");
const twelve = (hour: number) => hour % 12 || 12;

const directives: Readonly<Record<string, (moment: Moment) => string>> = {
  a: ({ weekday }) => (dayNames[weekday] ?? "").slice(0, 3),
  A: ({ weekday }) => dayNames[weekday] ?? "",
  b: ({ date }) => (monthNames[date[1] - 1] ?? "").slice(0, 3),
  B: ({ date }) => monthNames[date[1] - 1] ?? "",
  h: (moment) => directives.b?.(moment) ?? "",
  c: (moment) => formatTime(moment, "%a %b %e %H:%M:%S %Y"),
  C: ({ date }) => two(Math.floor(date[0] / 100)),
  d: ({ date }) => two(date[2]),
  D: (moment) => formatTime(moment, "%m/%d/%y"),
  e: ({ date }) => String(date[2]).padStart(2, " "),
  f: ({ time }) => String(time[3]).padStart(6, "0"),
  F: (moment) => formatTime(moment, "%Y-%m-%d"),
  G: (moment) => String(isoWeek(moment).year),
  g: (moment) => two(isoWeek(moment).year % 100),
  H: ({ time }) => two(time[0]),
  I: ({ time }) => two(twelve(time[0])),
  j: ({ dayOfYear }) => String(dayOfYear).padStart(3, "0"),
  k: ({ time }) => String(time[0]).padStart(2, " "),
  l: ({ time }) => String(twelve(time[0])).padStart(2, " "),
  m: ({ date }) => two(date[1]),
  M: ({ time }) => two(time[1]),
  n: () => "\n",
  p: ({ time }) => (time[0] < 12 ? "AM" : "PM"),
  r: (moment) => formatTime(moment, "%I:%M:%S %p"),
  R: (moment) => formatTime(moment, "%H:%M"),
  s: ({ date, time, zone = 0 }) =>
    String(Date.UTC(date[0], date[1] - 1, date[2], time[0], time[1] - zone, time[2]) / 1000),
  S: ({ time }) => two(time[2]),
  t: () => "\t",
  T: (moment) => formatTime(moment, "%H:%M:%S"),
  u: ({ weekday }) => String(weekday || 7),
  U: ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 6 - weekday) / 7)),
  V: (moment) => two(isoWeek(moment).week),
  w: ({ weekday }) => String(weekday),
  W: ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 6 - ((weekday + 6) % 7)) / 7)),
  x: (moment) => formatTime(moment, "%m/%d/%y"),
  X: (moment) => formatTime(moment, "%H:%M:%S"),
  y: ({ date }) => two(date[0] % 100),
  Y: ({ date }) => String(date[0]),
  z: ({ zone }) =>
    zone === undefined
      ? ""
      : `${zone < 0 ? "-" : "+"}${two(Math.trunc(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`,
  Z: ({ zoneName }) => zoneName,
  "%": () => "%",
};

function isoWeek({ date: [year, month, day] }: Moment): { readonly year: number; readonly week: number } {
  const thursday = new Date(Date.UTC(year, month - 1, day));
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - first) / 604_800_000) + 1 };
}

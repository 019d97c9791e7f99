import { wrongValue } from "../python/fault.ts";
import { DateTime } from "./date-time.ts";

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const month =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const day = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?";

/** What each directive of strptime reads. */
const patterns: Readonly<Record<string, string>> = {
  a: day,
  A: day,
  b: month,
  B: month,
  d: "3[01]|[12]\\d|0?[1-9]| [1-9]",
  f: "\\d{1,6}",
  H: "2[0-3]|[01]\\d|\\d",
  I: "1[0-2]|0?[1-9]",
  j: "36[0-6]|3[0-5]\\d|[12]\\d\\d|0?\\d\\d|\\d",
  m: "1[0-2]|0?[1-9]",
  M: "[0-5]\\d|\\d",
  p: "am|pm",
  S: "6[01]|[0-5]\\d|\\d",
  y: "\\d\\d",
  Y: "\\d{4}",
  z: "[+-]\\d\\d:?[0-5]\\d|Z",
  Z: "utc|gmt|[A-Z]{3,5}",
};

/** Python's datetime.strptime() */
export function parseTime(text: string, format: string): DateTime {
  const letters: string[] = [];
  const pattern = format.replace(
    /%([A-Za-z%])|\s+|([\\^$.*+?()[\]{}|])/g,
    (_whole, letter?: string, special?: string) => {
      if (special !== undefined) return `\\${special}`;
      if (letter === undefined) return "\\s+";
      if (letter === "%") return "%";
      const of = patterns[letter];
      if (of === undefined) throw wrongValue(`'${letter}' is a bad directive in format '${format}'`);
      letters.push(letter);
      return `(${of})`;
    },
  );
  const match = new RegExp(`^${pattern}$`, "i").exec(text);
  if (match === null) throw wrongValue(`time data '${text}' does not match format '${format}'`);
  return assemble(new Map(letters.map((letter, index) => [letter, match[index + 1] ?? ""])), text);
}

function assemble(found: ReadonlyMap<string, string>, text: string): DateTime {
  const number = (letter: string, otherwise: number) => (found.has(letter) ? Number(found.get(letter)) : otherwise);
  const short = number("y", -1);
  const year = short < 0 ? number("Y", 1900) : short + (short < 69 ? 2000 : 1900);
  const name = (found.get("b") ?? found.get("B"))?.slice(0, 3).toLowerCase();
  const inYear = number("j", 0);
  const monthNumber = name === undefined ? number("m", 1) : months.indexOf(name) + 1;
  const moment = new Date(Date.UTC(year, inYear > 0 ? 0 : monthNumber - 1, inYear > 0 ? inYear : number("d", 1)));
  if (inYear === 0 && moment.getUTCMonth() !== monthNumber - 1)
    throw wrongValue(`day is out of range for month in '${text}'`);
  const micros = Number((found.get("f") ?? "0").padEnd(6, "0"));
  return new DateTime({
    date: [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()],
    time: [hourOf(found, number), number("M", 0), number("S", 0), micros],
    zone: zoneOf(found.get("z")),
  });
}

function hourOf(found: ReadonlyMap<string, string>, number: (letter: string, otherwise: number) => number): number {
  if (!found.has("I")) return number("H", 0);
  return (number("I", 12) % 12) + (found.get("p")?.toLowerCase() === "pm" ? 12 : 0);
}

function zoneOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text.toUpperCase() === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}

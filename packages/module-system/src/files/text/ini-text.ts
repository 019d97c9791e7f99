import { linesOf } from "./lines-of.ts";

/** What is to be, or not to be, in a section of an INI text. */
export interface WantedOption {
  readonly state: "present" | "absent";
  /** Left out: what stands before the first section. */
  readonly section?: string;
  /** Which of several sections of that name is meant. */
  readonly conditions: readonly { readonly option: string; readonly values: readonly string[] }[];
  /** Left out: the section as a whole. */
  readonly option?: string;
  readonly values: readonly string[];
  /** No other value of the option is there. */
  readonly exclusive: boolean;
  readonly noExtraSpaces: boolean;
  /** A line that differs in blanks only is as wanted. */
  readonly ignoreSpaces: boolean;
  /** An option may stand alone. */
  readonly allowNoValue: boolean;
  /** An option that is commented out is one. */
  readonly modifyInactive: boolean;
}

export interface IniChange {
  readonly text: string;
  readonly msg:
    | "OK"
    | "option changed"
    | "option added"
    | "section and option added"
    | "only section added"
    | "section removed";
}

/** An INI text with an option as it is wanted; as it was, where nothing is to be done. */
export function changeIni(text: string, wanted: WantedOption): IniChange {
  const whole = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const lines = linesOf(whole === "" ? "\n" : whole.endsWith("\n") ? whole : `${whole}\n`);
  const place = findSection(lines, wanted);
  if (place === undefined) {
    if (wanted.state === "absent") return settled(text, whole, lines, "OK");
    const added = newSection(wanted);
    return {
      text: [...lines, ...added].join(""),
      msg: added.length > 1 ? "section and option added" : "only section added",
    };
  }
  const section = lines.slice(place.from, place.to);
  const { lines: changed, msg } =
    wanted.state === "present" ? withOption(section, wanted) : withoutOption(section, wanted);
  return settled(text, whole, lines.toSpliced(place.from, place.to - place.from, ...changed), msg);
}

/** A text that came to the same keeps even what we do not look at: its mark in front, its line ends. */
function settled(text: string, whole: string, lines: readonly string[], msg: IniChange["msg"]): IniChange {
  const joined = lines.join("");
  return { text: joined === (whole === "" ? "\n" : whole) ? text : joined, msg };
}

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** The first section of that name that fulfils the conditions. */
function findSection(lines: readonly string[], { section, conditions }: WantedOption): Extent | undefined {
  const heads = lines.flatMap((line, index) => (line.startsWith("[") ? [index] : []));
  if (section === undefined || section === "") return { from: 0, to: heads[0] ?? lines.length };
  const name = new RegExp(`^\\[\\s*${escaped(section.trim())}\\s*\\]`);
  const extents = heads.map((from, index) => ({ from, to: heads[index + 1] ?? lines.length }));
  return extents.find(
    ({ from, to }) =>
      name.test(lines[from] ?? "") && conditions.every((each) => isFulfilled(lines.slice(from, to), each)),
  );
}

function isFulfilled(section: readonly string[], { option, values }: WantedOption["conditions"][number]): boolean {
  const match = matcher(option, true);
  return section.some((line) => {
    const found = match(line);
    return found !== undefined && (values.length === 0 || values.includes(found.value));
  });
}

/** Whether a line sets an option, perhaps commented out, and to what. */
function matcher(option: string, withInactive: boolean) {
  const mark = withInactive ? "[ \\t]*([#;]?)" : "()";
  const pattern = new RegExp(`^${mark}[ \\t]*${escaped(option)}[ \\t]*(?:=|(?=\\n?$))[ \\t]*(.*)`);
  return (line: string) => {
    const found = pattern.exec(line);
    return found ? { isActive: found[1] === "", value: found[2] ?? "" } : undefined;
  };
}

interface Section {
  readonly lines: readonly string[];
  readonly msg: IniChange["msg"];
}

function withOption(section: readonly string[], wanted: WantedOption): Section {
  const { option } = wanted;
  if (option === undefined || option === "") return { lines: section, msg: "OK" };
  const match = matcher(option, wanted.modifyInactive);
  const writer = new Writer(section, wanted, option);
  const missing = [...new Set(wanted.values)];
  for (const [index, line] of section.entries()) {
    const found = match(line);
    if (!found) continue;
    const at = missing.indexOf(found.value);
    if (at >= 0) {
      writer.set(index, found.value);
      missing.splice(at, 1);
    } else if (missing.length === 0 && wanted.allowNoValue) {
      writer.set(index, undefined);
      break;
    }
  }
  if (wanted.exclusive && !wanted.allowNoValue) {
    const others = [...section.keys()].filter((index) => match(section[index] ?? "") && !writer.isSet(index));
    for (const index of others) {
      const value = missing.shift();
      if (value === undefined) writer.remove(index);
      else writer.set(index, value);
    }
  }
  return writer.finish(missing);
}

/** A section that is being changed. */
class Writer {
  readonly #lines: (string | undefined)[];
  readonly #wanted: WantedOption;
  readonly #option: string;
  readonly #set = new Set<number>();
  #msg: IniChange["msg"] = "OK";
  #standsAlone = false;

  constructor(section: readonly string[], wanted: WantedOption, option: string) {
    this.#lines = [...section];
    this.#wanted = wanted;
    this.#option = option;
  }

  isSet(index: number): boolean {
    return this.#set.has(index);
  }

  set(index: number, value: string | undefined): void {
    this.#set.add(index);
    const isAlone = value === undefined || (value === "" && this.#wanted.allowNoValue);
    this.#standsAlone ||= isAlone;
    const line = isAlone ? `${this.#option}\n` : assignment(this.#option, value, this.#wanted);
    const old = this.#lines[index] ?? "";
    if (old === line || (this.#wanted.ignoreSpaces && this.#isSameBut(old, line))) return;
    this.#lines[index] = line;
    this.#msg = "option changed";
  }

  remove(index: number): void {
    this.#lines[index] = undefined;
    this.#msg = "option changed";
  }

  /** What is still missing comes after the last line that says something. */
  finish(missing: readonly string[]): Section {
    const lines = this.#lines.filter((line) => line !== undefined);
    const needsAlone = missing.length === 0 && this.#wanted.allowNoValue && !this.#standsAlone;
    const added = needsAlone
      ? [`${this.#option}\n`]
      : missing.map((value) => assignment(this.#option, value, this.#wanted));
    const last = lines.findLastIndex((line) => !/^[ \t]*([#;].*)?\n?$/.test(line));
    if (added.length === 0) return { lines, msg: this.#msg };
    // Before the first section there may be nothing yet: then it begins with it.
    return { lines: lines.toSpliced(last + 1, 0, ...added), msg: "option added" };
  }

  #isSameBut(old: string, line: string): boolean {
    const match = matcher(this.#option, true);
    const [before, after] = [match(old), match(line)];
    return before?.isActive === true && before.value === after?.value;
  }
}

function withoutOption(section: readonly string[], { option, values, exclusive }: WantedOption): Section {
  if (option === undefined || option === "") return { lines: [], msg: section.length > 0 ? "section removed" : "OK" };
  const match = matcher(option, false);
  const lines = section.filter((line) => {
    const found = match(line);
    return !found || !(exclusive || values.includes(found.value));
  });
  return { lines, msg: lines.length < section.length ? "option changed" : "OK" };
}

/** A section with what tells it from others of its name, and the option. */
function newSection(wanted: WantedOption): readonly string[] {
  const { section = "", option, conditions, exclusive, allowNoValue } = wanted;
  const others = conditions.filter((each) => each.option !== option);
  const own = conditions.filter((each) => each.option === option && !exclusive).flatMap(({ values }) => values);
  const values = [...new Set([...wanted.values, ...own])];
  const given = others.flatMap((each) => {
    if (each.values.length === 0) return allowNoValue ? [`${each.option}\n`] : [];
    return each.values.map((value) => assignment(each.option, value, wanted));
  });
  const lines = option === undefined ? [] : values.map((value) => assignment(option, value, wanted));
  const alone = option !== undefined && values.length === 0 && allowNoValue ? [`${option}\n`] : [];
  return [`[${section}]\n`, ...given, ...lines, ...alone];
}

function assignment(option: string, value: string, { noExtraSpaces }: WantedOption): string {
  return noExtraSpaces ? `${option}=${value}\n` : `${option} = ${value}\n`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

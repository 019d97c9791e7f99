import { wrongValue } from "../python/fault.ts";
import { asInt } from "../python/integer.ts";
import { checkItems } from "../python/limits.ts";
import type { Keywords } from "../python/object.ts";
import { percentFormat } from "../python/percent-format.ts";
import { toText } from "../python/repr.ts";
import type { Lookup } from "./lookup.ts";
import { readPairs } from "./read-pairs.ts";

const number = "(0?x?[0-9a-f]+)";
const shortcut = new RegExp(`^(?:${number}-)?${number}(?:/${number})?(?::(.+))?$`, "i");
const fields = ["start", "end", "stride", "count", "format"];

/** Numbers as texts: `5`, `2-10/2`, `4:host%02d`, or start=, end=, count=, stride=, format=. */
export const sequence: Lookup = (terms, options) => {
  const wanted = terms.length === 0 ? [""] : terms;
  return wanted.flatMap((term) => numbers({ ...named(options), ...readTerm(toText(term)) }));
};

type Fields = Readonly<Record<string, unknown>>;

function named(options: Keywords): Fields {
  const unknown = [...options.keys()].find((name) => !fields.includes(name));
  if (unknown !== undefined) throw wrongValue(`unrecognized arguments to with_sequence: ${unknown}`);
  return Object.fromEntries(options);
}

function readTerm(term: string): Fields {
  const match = shortcut.exec(term);
  if (match !== null) {
    const [, start, end, stride, format] = match;
    return defined({ start, end, stride, format });
  }
  return named(readPairs(term).pairs);
}

function defined(given: Fields): Fields {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function numbers({ start = 1, end, stride = 1, count, format = "%d" }: Fields): readonly string[] {
  const [from, step] = [readNumber(start), readNumber(stride)];
  if ((count === undefined) === (end === undefined)) {
    throw wrongValue(
      count === undefined
        ? "must specify count or end in with_sequence"
        : "can't specify both count and end in with_sequence",
    );
  }
  const howMany = count === undefined ? undefined : readNumber(count);
  if (howMany === 0 || step === 0) return [];
  const to = howMany === undefined ? readNumber(end) : from + howMany * step - 1;
  if (step > 0 && to < from) throw wrongValue("to count backwards make stride negative");
  if (step < 0 && to > from) throw wrongValue("to count forward don't make stride negative");
  const text = toText(format);
  if (text.split("%").length !== 2) throw wrongValue(`bad formatting string: ${text}`);
  const size = Math.floor((to - from) / step) + 1;
  checkItems(size);
  return Array.from({ length: size }, (_, index) => percentFormat(text, from + index * step));
}

/** Octal with a 0 before it, hexadecimal with 0x. */
function readNumber(value: unknown): number {
  const whole = asInt(value);
  if (whole !== undefined) return Number(whole);
  const text = toText(value);
  const read = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  if (!Number.isSafeInteger(read) || text.trim() === "") throw wrongValue(`can't parse ${text} as integer`);
  return read;
}

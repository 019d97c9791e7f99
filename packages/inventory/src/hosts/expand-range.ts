import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** `web[01:50:2].example` → web01.example, web03.example …; also `[a:f]`, and several ranges in one name. */
export function expandRange(pattern: string, place: Place): string[] {
  const [, head, range, tail] = /^(.*?)\[(.*?)\](.*)$/.exec(pattern) ?? [];
  if (head === undefined || range === undefined || tail === undefined) {
    if (!pattern.includes("[")) return [pattern];
    throw wrong(pattern, "[ is never closed", place);
  }
  const tails = expandRange(tail, place);
  return members(pattern, range, place).flatMap((member) => tails.map((each) => head + member + each));
}

function members(pattern: string, range: string, place: Place): string[] {
  const bounds = range.split(":");
  const [begin = "", end = "", step = "1"] = bounds;
  if (bounds.length !== 2 && bounds.length !== 3)
    throw wrong(pattern, "a range is [begin:end] or [begin:end:step]", place);
  if (end === "") throw wrong(pattern, "a range needs an end", place);
  if (!/^[1-9]\d*$/.test(step)) throw wrong(pattern, "the step of a range is a number", place);
  const isLetters = /^[a-zA-Z]$/.test(begin) && /^[a-zA-Z]$/.test(end);
  if (!isLetters && !(/^\d*$/.test(begin) && /^\d+$/.test(end))) {
    throw wrong(pattern, "a range goes from number to number or from letter to letter", place);
  }
  const width = begin.startsWith("0") && begin.length > 1 ? begin.length : 0;
  if (width > 0 && width !== end.length) throw wrong(pattern, "with leading zeros, both ends are equally long", place);
  const [from, to] = isLetters ? [letters.indexOf(begin), letters.indexOf(end)] : [Number(begin), Number(end)];
  if (from > to) throw wrong(pattern, "a range begins before it ends", place);
  if (to - from > 1_000_000) throw wrong(pattern, "a range of more than a million hosts", place);
  const numbers = Array.from(
    { length: Math.floor((to - from) / Number(step)) + 1 },
    (_, index) => from + index * Number(step),
  );
  return numbers.map((number) => (isLetters ? (letters[number] ?? "") : String(number).padStart(width, "0")));
}

function wrong(pattern: string, message: string, place: Place): InputError {
  return new InputError({ code: "inventory/range", message: `${pattern}: ${message}`, place, hint: "web[01:50]" });
}

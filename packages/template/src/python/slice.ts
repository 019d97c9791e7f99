import { wrongType, wrongValue } from "./fault.ts";
import { asInt } from "./integer.ts";
import { characters } from "./length.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";

/** `[start:stop:step]`, where each may be None. */
export class Slice {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: unknown;

  constructor(start: unknown, stop: unknown, step: unknown) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** undefined when the value cannot be sliced. */
export function slice(value: unknown, by: Slice): unknown {
  if (typeof value === "string") {
    const parts = characters(value);
    return indexes(parts.length, by)
      .map((index) => parts[index])
      .join("");
  }
  if (value instanceof Range) return indexes(value.length, by).map((index) => value.at(index));
  if (!Array.isArray(value)) return undefined;
  const picked = indexes(value.length, by).map((index) => value[index]);
  return value instanceof Tuple ? Tuple.from(picked) : picked;
}

function indexes(length: number, { start, stop, step }: Slice): readonly number[] {
  const by = bound(step) ?? 1;
  if (by === 0) throw wrongValue("slice step cannot be zero");
  const isForward = by > 0;
  const clamp = (at: number) => {
    const absolute = at < 0 ? at + length : at;
    return isForward ? Math.min(Math.max(absolute, 0), length) : Math.min(Math.max(absolute, -1), length - 1);
  };
  const from = bound(start);
  const to = bound(stop);
  const first = from === undefined ? (isForward ? 0 : length - 1) : clamp(from);
  const end = to === undefined ? (isForward ? length : -1) : clamp(to);
  const picked: number[] = [];
  for (let index = first; isForward ? index < end : index > end; index += by) picked.push(index);
  return picked;
}

function bound(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  const number = asInt(value);
  if (number === undefined) throw wrongType(`slice indices must be integers, not ${typeName(value)}`);
  return Number(number);
}

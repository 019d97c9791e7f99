import { optionalInt } from "../python/arguments.ts";
import { wrongType, wrongValue } from "../python/fault.ts";
import { asInt } from "../python/integer.ts";
import { isIterable, listOf } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { Range } from "../python/range.ts";
import { isTrue } from "../python/truth.ts";
import { PythonRandom } from "../random/python-random.ts";

const moving = { passesSecrets: "inside" } as const;

/** Filters that leave it to chance, or to a seed. */
export const randomFilters: Readonly<Record<string, Native>> = {
  random: native(
    "value start? step? seed?",
    (value, start = null, step = null, seed = null) => {
      const random = new PythonRandom(seed);
      const end = asInt(value);
      if (end !== undefined)
        return random.range(optionalInt(start, "start") ?? 0, Number(end), optionalInt(step, "step") || 1);
      if (!isIterable(value)) throw wrongType("random can only be used on sequences and integers");
      if (isTrue(start) || isTrue(step)) throw wrongValue("start and step can only be used with integer values");
      if (value instanceof Range) return value.at(random.below(value.length));
      const list = listOf(value);
      if (list.length === 0) throw wrongValue("Cannot choose from an empty sequence");
      return list[random.below(list.length)];
    },
    moving,
  ),
  shuffle: native(
    "value seed?",
    (value, seed = null) =>
      isIterable(value) ? new PythonRandom(isTrue(seed) ? seed : null).shuffled(listOf(value)) : value,
    moving,
  ),
};

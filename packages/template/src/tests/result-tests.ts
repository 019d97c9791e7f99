import type { Context } from "../engine/context.ts";
import type { Dict } from "../python/dict.ts";
import { dictGet, dictHas, isDict } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { nativeIn } from "../python/native.ts";
import { isTrue } from "../python/truth.ts";

const failed = onResult("failed", (has) => has("failed"));
const succeeded = onResult("failed", (has) => !has("failed"));
const changed = onResult("changed", (has, result) =>
  dictHas(result, "changed") ? has("changed") : hasChangedPart(result),
);
const skipped = onResult("skipped", (has) => has("skipped"));

/** Tests of what a task gave. */
export const resultTests: Readonly<Record<string, Native>> = {
  failed,
  failure: failed,
  succeeded,
  success: succeeded,
  successful: succeeded,
  changed,
  change: changed,
  skipped,
  skip: skipped,
  reachable: onResult("unreachable", (has) => !has("unreachable")),
  unreachable: onResult("unreachable", (has) => has("unreachable")),
  started: onResult("started", (has, result) => !dictHas(result, "started") || has("started")),
  finished: onResult("finished", (has, result) => !dictHas(result, "finished") || has("finished")),
  timedout: onResult("timedout", (_has, result) => {
    const timedout = dictGet(result, "timedout");
    return isDict(timedout) && isTrue(dictGet(timedout, "period") ?? null);
  }),
};

/** Asks a result for its parts through the template, since a part may not be known yet. */
function onResult(name: string, holds: (has: (part: string) => boolean, result: Dict) => boolean): Native {
  return nativeIn(
    "value",
    (context: Context, value) => {
      if (!isDict(value)) throw wrongType(`The '${name}' test expects a dictionary`);
      const has = (part: string) => dictHas(value, part) && isTrue(context.reveal(context.item(value, part)));
      return holds(has, value);
    },
    { passesSecrets: "inside" },
  );
}

function hasChangedPart(result: Dict): boolean {
  const results = dictGet(result, "results");
  if (!Array.isArray(results) || !isDict(results[0])) return false;
  return results.some((each) => isDict(each) && isTrue(dictGet(each, "changed") ?? null));
}

import type { Here } from "../reading.ts";
import { readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { commaTexts } from "../values/value-type.ts";
import { playScope } from "../variables/play-scope.ts";
import type { Written } from "../written/written.ts";

/** The tags that a `tags:` gives; their templates know only what is known before it is known for which host. */
export function tagsOf(written: Written, here: Here): readonly string[] {
  const prepared = prepare(written);
  const value = prepared.isStatic ? prepared.value : prepared.resolve(playScope(here));
  const list = Array.isArray(value) ? value.flat() : value;
  return readAs(list, { name: "tags", written }, commaTexts).filter((each) => each !== "");
}

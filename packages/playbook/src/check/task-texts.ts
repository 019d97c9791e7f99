import { schemaOf } from "../params/module-schema.ts";
import type { SeenTask } from "../seen.ts";
import { hasTemplate } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";

/** A text that is an expression, or a value with expressions in it. */
export interface TaskText {
  readonly written: Written;
  readonly source: string;
  readonly kind: "expression" | "value";
}

const conditions = new Set(["when", "changed_when", "failed_when", "until"]);
/** What a name cannot tell is shown as it is; what is said in these is no template. */
const others = new Set(["name", "tags", "register", "action", "local_action", "args", "vars", "loop_control"]);

/** All texts of a task that are worked out when it runs. */
export function textsOf({ call, heritage }: SeenTask): readonly TaskText[] {
  const own = [...heritage.keywords].filter(([key]) => !others.has(key));
  const control = heritage.keywords.get("loop_control");
  return [
    ...own.flatMap(([key, written]) => (conditions.has(key) ? expressionsIn(written) : valuesIn(written))),
    ...(control?.get("break_when") ? expressionsIn(control.get("break_when") as Written) : []),
    ...[...call.params, ...(call.freeForm ? [["", call.freeForm] as const] : [])].flatMap(([key, written]) =>
      paramTexts(call, key, written),
    ),
    ...call.splats.flatMap(valuesIn),
  ];
}

/** Of the conditions of a list that a task inherits. */
function expressionsIn(written: Written): readonly TaskText[] {
  const all = Array.isArray(written.value) ? written.items : [written];
  return all.flatMap((each) =>
    typeof each.value === "string" && each.value.trim() !== ""
      ? [{ written: each, source: each.value, kind: "expression" as const }]
      : [],
  );
}

export function valuesIn(written: Written): readonly TaskText[] {
  const { value } = written;
  if (typeof value === "string") return hasTemplate(value) ? [{ written, source: value, kind: "value" }] : [];
  if (Array.isArray(value)) return written.items.flatMap(valuesIn);
  return isMapping(value) ? written.entries.flatMap(([, each]) => valuesIn(each)) : [];
}

function paramTexts({ module }: SeenTask["call"], key: string, written: Written): readonly TaskText[] {
  if (module === undefined) return valuesIn(written);
  const { properties, names } = schemaOf(module);
  const schema = properties.get(names.get(key) ?? key);
  return schema?.expression || schema?.items?.expression ? expressionsIn(written) : valuesIn(written);
}

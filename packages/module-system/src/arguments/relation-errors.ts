import type { ArgumentRule } from "./argument-spec.ts";

type Relations = Pick<
  ArgumentRule,
  "mutually_exclusive" | "required_together" | "required_one_of" | "required_if" | "required_by"
>;

/** What arguments ask of each other, and do not get. */
export function relationErrors(rules: Relations, values: Readonly<Record<string, unknown>>, place: string): string[] {
  const isGiven = (name: string) => values[name] !== undefined && values[name] !== null;
  const given = (names: readonly string[]) => names.filter(isGiven);
  const { mutually_exclusive = [], required_together = [], required_one_of = [] } = rules;
  return [
    ...exclusive(mutually_exclusive).flatMap((names) =>
      given(names).length > 1 ? [`parameters are mutually exclusive: ${names.join("|")}${place}`] : [],
    ),
    ...required_together.flatMap((names) =>
      given(names).length > 0 && given(names).length < names.length
        ? [`parameters are required together: ${names.join(", ")}${place}`]
        : [],
    ),
    ...required_one_of.flatMap((names) =>
      given(names).length === 0 ? [`one of the following is required: ${names.join(", ")}${place}`] : [],
    ),
    ...(rules.required_if ?? []).flatMap((rule) => conditional(rule, values, given, place)),
    ...Object.entries(rules.required_by ?? {}).flatMap(([name, needed]) => {
      const missing = [needed].flat().filter((each) => !isGiven(each));
      if (!isGiven(name) || missing.length === 0) return [];
      return [`missing parameter(s) required by '${name}': ${missing.join(", ")}${place}`];
    }),
  ];
}

/** One list of names, or several. */
function exclusive(rules: NonNullable<Relations["mutually_exclusive"]>): readonly (readonly string[])[] {
  const isFlat = rules.length > 0 && rules.every((each) => typeof each === "string");
  return isFlat ? [rules as readonly string[]] : (rules as readonly (readonly string[])[]);
}

/** `[name, value, needed, any of them]` */
function conditional(
  [name, value, needed, isAny]: readonly unknown[],
  values: Readonly<Record<string, unknown>>,
  given: (names: readonly string[]) => readonly string[],
  place: string,
): string[] {
  if (typeof name !== "string" || values[name] !== value) return [];
  const names = [needed].flat() as string[];
  const missing = names.filter((each) => !given(names).includes(each));
  const isBad = isAny ? missing.length === names.length : missing.length > 0;
  const word = isAny ? "any" : "all";
  return isBad
    ? [`${name} is ${String(value)} but ${word} of the following are missing: ${missing.join(", ")}${place}`]
    : [];
}

import { closest } from "@evenkeel/core";
import { hasTemplate } from "../values/prepare.ts";
import { describe, flag, number, text, texts, wholeNumber } from "../values/value-type.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import type { Bearer, KeywordForm } from "./keyword-table.ts";
import { bearersOf, keywordsOf } from "./keyword-table.ts";
import { bygone } from "./refused-keywords.ts";

/** How each bearer is called in messages. */
const bearerNames: Readonly<Record<Bearer, string>> = {
  play: "a play",
  block: "a block",
  task: "a task",
  handler: "a handler",
  role: "a role",
  include: "an include",
  import_playbook: "import_playbook",
};

/** The keywords of one bearer that are right. What is wrong with the others is added to the mistakes. */
export function readKeywords(
  entries: readonly (readonly [string, Written])[],
  bearer: Bearer,
  mistakes: Mistakes,
): ReadonlyMap<string, Written> {
  const forms = keywordsOf(bearer);
  const found = new Map<string, Written>();
  for (const [key, written] of entries) {
    const form = Object.hasOwn(forms, key) ? forms[key] : undefined;
    if (form === undefined) mistakes.add(unknownKeyword(key, written, bearer));
    // A keyword without a value says nothing.
    else if (written.value === null) continue;
    else if (isRight(written, form)) found.set(key, written);
    else mistakes.add(wrongForm(key, written, form));
  }
  return found;
}

function unknownKeyword(key: string, written: Written, bearer: Bearer, more: readonly string[] = []) {
  const instead = bygone[key];
  const near = instead ? `it is now ${instead}` : closest(key, [...Object.keys(keywordsOf(bearer)), ...more]);
  const elsewhere = bearersOf(key)[0];
  const hint = near ?? (elsewhere && `${bearerNames[elsewhere]} has it`);
  return {
    code: "unknown-keyword",
    message: `${bearerNames[bearer]} has no keyword ${JSON.stringify(key)}`,
    place: written.keyPlace,
    ...(hint && { hint }),
  };
}

function wrongForm(key: string, written: Written, form: KeywordForm) {
  return {
    code: "value",
    message: `${key}: expected ${expected[form]}, found ${describe(written.value)}`,
    place: written.place,
  };
}

const expected: Readonly<Record<KeywordForm, string>> = {
  text: text.expects,
  texts: texts.expects,
  flag: flag.expects,
  integer: wholeNumber.expects,
  number: number.expects,
  percent: "a number, or a share such as 30%",
  conditions: "a condition or a list of conditions",
  mapping: "a mapping",
  list: "a list",
  nodes: "a list of tasks",
  anything: "a value",
};

function isRight({ value }: Written, form: KeywordForm): boolean {
  if (form === "mapping") return isMapping(value) || (Array.isArray(value) && value.every(isMapping));
  if (form === "list" || form === "nodes") return Array.isArray(value);
  if (hasTemplate(value)) return true;
  return checks[form](value);
}

const checks: Readonly<Record<Exclude<KeywordForm, "mapping" | "list" | "nodes">, (value: unknown) => boolean>> = {
  text: (value) => text.read(value) !== undefined,
  texts: (value) => texts.read(value) !== undefined,
  flag: (value) => flag.read(value) !== undefined,
  integer: (value) => wholeNumber.read(value) !== undefined,
  number: (value) => number.read(value) !== undefined,
  percent: (value) => number.read(typeof value === "string" ? value.replace("%", "") : value) !== undefined,
  conditions: (value) => !isMapping(value),
  anything: () => true,
};

import { StepError } from "@evenkeel/core";
import type { Static, TOptional, TSchema, TUnsafe } from "typebox";
import { Type } from "typebox";
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { dnf } from "./dnf.ts";

const managers = { apk, dnf, apt };
type Managers = typeof managers;

const own = new Set(["name", "state", "use"]);

/** What the managers' own modules take besides: nothing of it has a default here, so that what is given shows. */
export const passedOn: Readonly<Record<string, TOptional<TUnsafe<unknown>>>> = Object.fromEntries(
  Object.values(managers)
    .flatMap((manager) => Object.entries(propertiesOf(manager)))
    .filter(([name]) => !own.has(name))
    .map(([name, { default: _, ...schema }]) => [name, Type.Optional(Type.Unsafe({ ...schema, ...aliasesOf(name) }))]),
);

interface Words {
  readonly default?: unknown;
  readonly aliases?: readonly string[];
}

function aliasesOf(name: string): { readonly aliases?: readonly string[] } {
  const aliases = Object.values(managers).flatMap((manager) => propertiesOf(manager)[name]?.aliases ?? []);
  return aliases.length === 0 ? {} : { aliases: [...new Set(aliases)] };
}

function propertiesOf({ params }: Managers[keyof Managers]): Readonly<Record<string, TSchema & Words>> {
  return params.properties;
}

interface Given extends Readonly<Record<string, unknown>> {
  readonly name: readonly string[];
  readonly state: string;
  readonly use?: unknown;
}

/** `package`'s parameters as a manager's module wants them. What that one does not have is an error, unless nobody knows it yet. */
export function paramsFor<Name extends keyof Managers>(
  manager: Name,
  { name, state, use: _, ...given }: Given,
  { isStrict = true } = {},
): Static<Managers[Name]["params"]> {
  const properties = propertiesOf(managers[manager]);
  const [foreign] = Object.keys(given).filter((each) => given[each] !== undefined && !Object.hasOwn(properties, each));
  if (isStrict && foreign !== undefined)
    throw new StepError({
      code: "package/parameter",
      message: `this host has ${manager}, which has no parameter ${foreign}`,
      hint: `leave it out where it is not meant: "{{ … if ansible_pkg_mgr == '…' else omit }}"`,
    });
  const entries = Object.entries(properties).flatMap(([each, { default: standard }]) => {
    const value = given[each] ?? standard;
    return value === undefined ? [] : [[each, value]];
  });
  return { ...Object.fromEntries(entries), name, state: stateFor(manager, state) } as Static<Managers[Name]["params"]>;
}

/** apt's module has no synonyms. */
function stateFor(manager: keyof Managers, state: string): string {
  if (manager !== "apt") return state;
  return { installed: "present", removed: "absent" }[state] ?? state;
}

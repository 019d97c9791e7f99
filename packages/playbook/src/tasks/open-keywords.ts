import type { Become, Open } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import { OMIT } from "@evenkeel/template";
import type { Heritage } from "../keywords/heritage.ts";
import type { KeywordUse } from "../values/open.ts";
import { fixed, open, openKeyword, readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import type { ValueType } from "../values/value-type.ts";
import { describe, flag, text } from "../values/value-type.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";

/** Where a keyword is said for a node, itself or around it. */
function useOf(heritage: Heritage, name: string): KeywordUse | undefined {
  const [written, ...inherited] = heritage.all(name);
  return written && { name, written, inherited };
}

/** A keyword that may be said further out, and what counts when nobody says it. */
export function openInherited<T>(heritage: Heritage, name: string, type: ValueType<T>, otherwise: T): Open<T> {
  const use = useOf(heritage, name);
  return use ? openKeyword(use, type, otherwise) : fixed(otherwise);
}

/** The same where nobody saying it is something of its own. */
export function openOptional<T>(heritage: Heritage, name: string, type: ValueType<T>): Open<T> | undefined {
  const use = useOf(heritage, name);
  return use && (openKeyword<T | undefined>(use, type, undefined) as Open<T>);
}

/** Asked for on the command line, where the playbook says nothing. */
export interface BecomeDefaults {
  readonly become?: boolean;
  readonly user?: string;
  readonly method?: string;
}

/** As whom a task acts: variables of the host go before the playbook's keywords. */
export function openBecome(heritage: Heritage, defaults: BecomeDefaults): Open<Become | undefined> {
  const become = openInherited(heritage, "become", flag, defaults.become ?? false);
  const user = openInherited(heritage, "become_user", text, defaults.user ?? "root");
  const method = openInherited(heritage, "become_method", text, defaults.method ?? "sudo");
  const flags = openOptional(heritage, "become_flags", text);
  const place = useOf(heritage, "become_method")?.written;
  const source = { become: become.source, user: user.source, method: method.source };
  return open(source, (scope) => {
    const isWanted = variable(scope, "ansible_become", flag) ?? become.resolve(scope);
    if (!isWanted) return undefined;
    const own = variable(scope, "ansible_become_flags", text) ?? flags?.resolve(scope);
    return {
      user: variable(scope, "ansible_become_user", text) ?? user.resolve(scope),
      method: methodNamed(variable(scope, "ansible_become_method", text) ?? method.resolve(scope), place),
      ...(own !== undefined && own !== "" && { flags: own }),
    };
  });
}

/** `environment:` of all around, the nearest winning. */
export function openEnvironment(entries: readonly Written[]): Open<Readonly<Record<string, string>>> {
  if (entries.length === 0) return fixed({});
  const source = entries.map((each) => each.value);
  return open(source, (scope) => Object.assign({}, ...entries.map((each) => environmentOf(each, scope))));
}

/** Each `environment:` is a mapping, or a list of them. */
export function environmentEntries(heritage: Heritage): readonly Written[] {
  return heritage
    .all("environment")
    .toReversed()
    .flatMap((each) => (Array.isArray(each.value) ? each.items : [each]));
}

function environmentOf(written: Written, scope: TaskScope): Readonly<Record<string, string>> {
  const value = prepare(written).resolve(scope);
  if (value === null || value === "") return {};
  if (!isMapping(value)) {
    const message = `environment: expected a mapping of names to values, found ${describe(value)}`;
    throw new InputError({ code: "playbook/value", message, place: written.place });
  }
  const all = value instanceof Map ? [...value] : Object.entries(value);
  const pairs = all.filter(([, each]) => each !== null && each !== OMIT);
  for (const [, each] of pairs) if (each instanceof Secret) scope.world.revealed.add(each.reveal());
  return Object.fromEntries(
    pairs.map(([name, each]) => [String(name), readAs(each, { name: `environment ${name}`, written }, text)]),
  );
}

function variable<T>(scope: TaskScope, name: string, type: ValueType<T>): T | undefined {
  const source = scope.find(name);
  if (source === undefined) return undefined;
  const value = scope.get(name);
  return value === null ? undefined : readAs(value, { name, written: source.written ?? nowhere }, type);
}

const nowhere = { place: undefined } as unknown as Written;

function methodNamed(name: string, written: Written | undefined): Become["method"] {
  const short = name.replace(/^(ansible\.builtin|community\.general)\./, "");
  if (short === "sudo" || short === "su" || short === "doas") return short;
  throw new InputError({
    code: "playbook/become-method",
    message: `become_method: expected sudo, su or doas, found ${describe(name)}`,
    ...(written && { place: written.place }),
  });
}

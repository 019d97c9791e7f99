import type { RoleFrame } from "./frame.ts";
import type { Layer } from "./layer.ts";

/** What all tasks of a play see of its roles: for each name the layers that set it, the strongest first. */
export interface Exported {
  readonly vars: ReadonlyMap<string, readonly Layer[]>;
  readonly defaults: ReadonlyMap<string, readonly Layer[]>;
}

/** Made once for a list of roles; while a playbook is read it still grows. */
export function exportedBy(roles: readonly RoleFrame[]): Exported {
  const known = exported.get(roles);
  if (known?.count === roles.length) return known;
  const made = {
    count: roles.length,
    vars: byName(roles.flatMap(exportsOf)),
    defaults: byName(roles.flatMap((each) => roleDefaults(each, []))),
  };
  exported.set(roles, made);
  return made;
}

const exported = new WeakMap<readonly RoleFrame[], Exported & { readonly count: number }>();

function byName(layers: readonly Layer[]): ReadonlyMap<string, readonly Layer[]> {
  const found = new Map<string, Layer[]>();
  for (const layer of layers.toReversed()) {
    for (const name of layer.entries.keys()) {
      const own = found.get(name);
      if (own) own.push(layer);
      else found.set(name, [layer]);
    }
  }
  return found;
}

/** What a role's own tasks see of its variables, the strongest last. */
export function roleLayers({ parents, dependencies, vars, given }: RoleFrame): readonly Layer[] {
  return [
    ...parents.flatMap((parent) => [parent.given, parent.vars]),
    ...dependencies.map((each) => each.vars),
    vars,
    given,
  ];
}

/** What tasks of others see: those in its own files, and those of the roles it brings. */
export function exportsOf({ dependencies, vars }: RoleFrame): readonly Layer[] {
  return [...dependencies.map((each) => each.vars), vars];
}

export function roleDefaults({ parents, dependencies, defaults }: RoleFrame, chain = parents): readonly Layer[] {
  return [...dependencies.map((each) => each.defaults), ...chain.map((parent) => parent.defaults), defaults];
}

export function roleParams({ parents, params }: RoleFrame): readonly Layer[] {
  return [...parents.map((parent) => parent.params), params];
}

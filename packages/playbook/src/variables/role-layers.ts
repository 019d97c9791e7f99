import type { RoleFrame } from "./frame.ts";
import type { Layer } from "./layer.ts";

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

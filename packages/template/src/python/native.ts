import type { Context } from "../engine/context.ts";
import { TemplateFault } from "./fault.ts";
import { firstMarker } from "./first-marker.ts";
import type { Keywords } from "./object.ts";

/**
 * A function that templates can call: a filter, a test, a method, a global. Its parameters are named because arguments
 * come by place or by name: `"value pattern? *rest only_by_name? **named"`. It is called with those that have a name, in
 * their order, then with the rest, then with those it does not know. What is missing is undefined.
 */
export interface Native {
  readonly run: (context: Context, ...args: unknown[]) => unknown;
  readonly parameters: Parameters;
  /** Wants values that are not there as they are, instead of not being called. */
  readonly acceptsMarkers: boolean;
  /**
   * Passes values on without looking into them, so that a secret among them stays one and the rest does not become one:
   * arguments whatever they are, or only what is inside of lists and dicts.
   */
  readonly passesSecrets: Passing;
  /** Changes its first argument. */
  readonly changes: boolean;
}

interface Parameters {
  readonly names: readonly string[];
  /** How many of them can be given by place; those after `*rest` cannot. */
  readonly placeable: number;
  readonly required: number;
  readonly rest: boolean;
  readonly named: boolean;
}

type Passing = "none" | "inside" | "all";

interface Traits {
  readonly acceptsMarkers?: boolean;
  readonly passesSecrets?: Passing;
  readonly changes?: boolean;
}

/** A function of its arguments alone. */
export function native(parameters: string, run: (...args: unknown[]) => unknown, traits: Traits = {}): Native {
  return nativeIn(parameters, (_context, ...args) => run(...args), traits);
}

/** A function that needs where it is called from: other filters, variables, lookups. */
export function nativeIn(
  parameters: string,
  run: (context: Context, ...args: unknown[]) => unknown,
  { acceptsMarkers = false, passesSecrets = "none", changes = false }: Traits = {},
): Native {
  return { run, parameters: readParameters(parameters), acceptsMarkers, passesSecrets, changes };
}

/** Puts arguments into their places and calls. A value that is not there among them is the result, unless it is accepted. */
export function callNative(
  plugin: Native,
  name: string,
  context: Context,
  args: readonly unknown[],
  keywords: Keywords,
): unknown {
  const missing = plugin.acceptsMarkers ? undefined : firstMarker(args, keywords);
  if (missing !== undefined) return missing;
  context.step();
  const placed = place(plugin.parameters, name, args, keywords).map((each) =>
    taken(each, plugin.passesSecrets, context),
  );
  if (plugin.changes) context.changing(placed[0]);
  return plugin.run(context, ...placed);
}

function taken(argument: unknown, passing: Passing, context: Context): unknown {
  if (typeof argument !== "object" || passing === "all") return argument;
  return passing === "inside" ? context.opened(argument) : context.reveal(argument);
}

function place(
  { names, placeable, required, rest, named }: Parameters,
  name: string,
  args: readonly unknown[],
  keywords: Keywords,
): readonly unknown[] {
  if (args.length > placeable && !rest) {
    throw new TemplateFault("arguments", `${name} takes ${placeable} arguments, and was given ${args.length}`);
  }
  if (keywords.size === 0 && !rest && !named && args.length >= required) return args;
  const placed: unknown[] = args.slice(0, placeable);
  const left = new Map(keywords);
  for (const [index, parameter] of names.entries()) {
    if (!left.has(parameter)) continue;
    if (index < Math.min(args.length, placeable))
      throw new TemplateFault("arguments", `${name} was given ${parameter} twice`);
    placed[index] = left.get(parameter);
    left.delete(parameter);
  }
  const missing = names.findIndex((_, index) => index < required && placed[index] === undefined);
  if (missing >= 0) throw new TemplateFault("arguments", `${name} needs ${names[missing]}`);
  while (placed.length < names.length) placed.push(undefined);
  if (rest) placed.push(args.slice(placeable));
  if (named) placed.push(left);
  else refuseUnknown(name, names, left);
  return placed;
}

function refuseUnknown(name: string, names: readonly string[], left: Keywords): void {
  const [unknown] = left.keys();
  if (unknown === undefined) return;
  const hint = `it knows ${names.join(", ")}`;
  throw new TemplateFault("arguments", `${name} has no argument ${unknown}`, names.length > 0 ? { hint } : {});
}

function readParameters(text: string): Parameters {
  const words = text === "" ? [] : text.split(" ");
  const plain = words.filter((word) => !word.startsWith("*"));
  const optional = plain.findIndex((word) => word.endsWith("?"));
  return {
    names: plain.map((word) => word.replace("?", "")),
    placeable: words.some((word) => word.startsWith("*"))
      ? words.findIndex((word) => word.startsWith("*"))
      : plain.length,
    required: optional < 0 ? plain.length : optional,
    rest: words.some((word) => /^\*[^*]/.test(word)),
    named: words.some((word) => word.startsWith("**")),
  };
}

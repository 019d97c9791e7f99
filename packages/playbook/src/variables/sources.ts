import { isMapping, Written } from "../written/written.ts";
import { isFactVariable } from "./facts.ts";
import type { Frame } from "./frame.ts";
import type { Layer, Source } from "./layer.ts";
import type { Level } from "./level.ts";
import { magicNames, magicValue } from "./magic.ts";
import { exportedBy, exportsOf, roleDefaults, roleLayers, roleParams } from "./role-layers.ts";
import type { TaskScope } from "./task-scope.ts";
import { layersOfFiles } from "./vars-files.ts";

/** All places where a variable is set that this scope sees, in the order of precedence: the first one counts. */
export function* sourcesOf(scope: TaskScope, name: string): Iterable<Source> {
  const { overlay, world, frame, memory } = scope;
  yield* ofData("loop variables", overlay, name);
  const magic = magicValue(scope, name);
  if (magic !== undefined) yield { level: "magic variables", data: magic };
  yield* ofLayers([world.extraVars], name);
  if (frame) yield* paramSources(frame, name);
  yield* ofData("set_fact and register", memory.setFacts, name);
  yield* ofData("set_fact and register", memory.registered, name);
  yield* ofIncluded(memory.included, name);
  if (frame) yield* playSources(scope, frame, name);
  yield* ofFacts(memory.facts, name);
  yield* world.inventory.sources(memory.name, name);
  if (frame) yield* defaultSources(scope, frame, name);
  // As a task is on its host, it can ask where that is, also when nobody said so.
  if (frame && name === "ansible_host" && memory.name !== "") yield { level: "role defaults", data: memory.name };
}

/** The names of all variables that a scope sees. */
export function* namesIn(scope: TaskScope): Iterable<string> {
  const { overlay, world, frame, memory } = scope;
  yield* Object.keys(overlay);
  yield* magicNames();
  for (const record of [memory.setFacts, memory.registered, memory.included, memory.facts]) yield* Object.keys(record);
  const layers = [world.extraVars, ...(frame ? framedLayers(scope, frame) : [])];
  for (const { entries } of layers) yield* entries.keys();
  yield* world.inventory.names(memory.name);
}

function framedLayers(scope: TaskScope, frame: Frame): readonly Layer[] {
  return [
    ...defaultLayers(scope, frame),
    frame.play.vars,
    frame.play.prompted,
    ...layersOfFiles(scope, frame.play),
    ...frame.play.roles(scope.memory).flatMap(exportsOf),
    ...(frame.role ? [...roleLayers(frame.role), ...roleParams(frame.role)] : []),
    ...frame.taskVars,
    ...frame.includeParams,
  ];
}

function* paramSources({ role, includeParams, carried }: Frame, name: string): Iterable<Source> {
  yield* ofData("include parameters", carried, name);
  yield* ofLayers(includeParams, name);
  if (role) yield* ofLayers(roleParams(role), name);
}

function* playSources(scope: TaskScope, { play, role, taskVars }: Frame, name: string): Iterable<Source> {
  yield* ofLayers(taskVars, name);
  if (role) yield* ofLayers(roleLayers(role), name);
  yield* ofSorted(exportedBy(play.roles(scope.memory)).vars.get(name), name);
  if (play.varsFiles.length > 0) yield* ofLayers(layersOfFiles(scope, play), name);
  yield* ofLayers([play.vars, play.prompted], name);
}

function* defaultSources({ memory }: TaskScope, { play, role }: Frame, name: string): Iterable<Source> {
  if (role) yield* ofLayers(roleDefaults(role), name);
  yield* ofSorted(exportedBy(play.roles(memory)).defaults.get(name), name);
}

function defaultLayers({ memory }: TaskScope, { play, role }: Frame): readonly Layer[] {
  return [...play.roles(memory).flatMap((each) => roleDefaults(each, [])), ...(role ? roleDefaults(role) : [])];
}

/** The last layer that sets a name wins. */
function* ofLayers(layers: readonly Layer[], name: string): Iterable<Source> {
  for (let index = layers.length - 1; index >= 0; index--) {
    const layer = layers[index];
    const written = layer?.entries.get(name);
    if (layer && written) yield { level: layer.level, written };
  }
}

/** Layers that set a name, the strongest first. */
function* ofSorted(layers: readonly Layer[] | undefined, name: string): Iterable<Source> {
  for (const { level, entries } of layers ?? []) {
    const written = entries.get(name);
    if (written) yield { level, written };
  }
}

function* ofData(level: Level, values: Readonly<Record<string, unknown>>, name: string): Iterable<Source> {
  if (Object.hasOwn(values, name)) yield { level, data: values[name] };
}

/** What `include_vars` read may hold templates, unlike all else that a host has come to know. */
function* ofIncluded(included: Readonly<Record<string, unknown>>, name: string): Iterable<Source> {
  if (!Object.hasOwn(included, name)) return;
  const data = included[name];
  const written = data instanceof Written ? data : writtenWithin(data);
  yield written ? { level: "include_vars", written } : { level: "include_vars", data };
}

/** `include_vars` with a `name` puts all that it read into one variable. */
function writtenWithin(data: unknown): Written | undefined {
  if (!isMapping(data) || data instanceof Map) return undefined;
  const values = Object.values(data);
  const first = values.find((each) => each instanceof Written);
  return first && new Written(data, first.where);
}

function* ofFacts(facts: Readonly<Record<string, unknown>>, name: string): Iterable<Source> {
  if (isFactVariable(name)) yield* ofData("facts", facts, name);
}

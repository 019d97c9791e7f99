import { existsSync, readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyKind, AnyModule, StepExecutor } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** What a project brings along: modules, and kinds and steps that they need. */
export interface Brought {
  readonly modules: readonly AnyModule[];
  readonly kinds: readonly AnyKind[];
  readonly executors: readonly StepExecutor[];
}

/** Every module in the folder `modules` beside a playbook: TypeScript or JavaScript, run as it is. */
export async function ownModules(playbookDirectory: string): Promise<Brought> {
  const folder = resolve(playbookDirectory, "modules");
  const found: { modules: AnyModule[]; kinds: AnyKind[]; executors: StepExecutor[] } = {
    modules: [],
    kinds: [],
    executors: [],
  };
  if (!existsSync(folder)) return found;
  resolveOurNames();
  for (const name of readdirSync(folder).toSorted()) {
    if (!/\.(ts|mts|js|mjs)$/.test(name) || /\.(test|d)\.[a-z]+$/.test(name)) continue;
    for (const value of Object.values(await load(join(folder, name)))) {
      if (isModule(value)) found.modules.push(value);
      else if (isKind(value)) found.kinds.push(value);
      else if (isExecutor(value)) found.executors.push(value);
    }
  }
  return found;
}

async function load(path: string): Promise<object> {
  try {
    return (await import(pathToFileURL(path).href)) as object;
  } catch (cause) {
    throw new InputError({
      code: "modules/load",
      message: `cannot load ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      place: { file: path },
      cause,
    });
  }
}

/** A project need not install us, and if it has, there is still one of each: our packages' names mean the ones that run. */
function resolveOurNames(): void {
  const here = pathToFileURL(`${import.meta.dirname}/`).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, /^(@evenkeel\/|typebox$)/.test(specifier) ? { ...context, parentURL: here } : context),
  });
}

function isModule(value: unknown): value is AnyModule {
  return typeof value === "object" && value !== null && "observe" in value && "plan" in value && "params" in value;
}

function isKind(value: unknown): value is AnyKind {
  return typeof value === "function" && "ensure" in value && "isAsPlanned" in value;
}

function isExecutor(value: unknown): value is StepExecutor {
  return typeof value === "object" && value !== null && "take" in value && "do" in value;
}

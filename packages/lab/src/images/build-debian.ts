import type { Build } from "./build.ts";
import { buildFromRegistry, registryHas } from "./build-from-registry.ts";
import { buildWithMmdebstrap } from "./build-with-mmdebstrap.ts";
import type { DebianSuite } from "./suites.ts";

/** From a registry's small Debian where one answers, else from the machine's own package source. */
export async function buildDebian(build: Build): Promise<void> {
  const suite = build.recipe.suite as DebianSuite;
  if (await registryHas(build.engine, suite)) return buildFromRegistry(build, suite);
  return buildWithMmdebstrap(build, suite);
}

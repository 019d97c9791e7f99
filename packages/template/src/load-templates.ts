/** The engine: what compiles templates and tells what they use. */
export type Templates = typeof import("./templates.ts");

/** Loads the engine, which is much bigger than what this package's index loads; texts without `hasMarkers()` need none. */
export function loadTemplates(): Promise<Templates> {
  return import("./templates.ts");
}

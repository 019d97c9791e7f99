import type { Engine } from "../engine/engine.ts";
import type { Recipe } from "./recipe.ts";

/** One base image to be made. */
export type Build = { engine: Engine; recipe: Recipe; reference: string; onProgress: (line: string) => void };

/** What every way of making an image writes on it. */
export const imageLabels = (recipe: Recipe): string[] => [`evenkeel.lab.suite=${recipe.suite}`];

import type { Seen } from "../seen.ts";
import type { World } from "../variables/world.ts";
import { factsInTexts } from "./facts-in-texts.ts";
import { textsOfProject } from "./texts-of-project.ts";

/** Tells in which subset a fact is gathered; undefined for what is no fact that is known. */
export type SubsetOf = (fact: string) => string | undefined;

/** What `gather_subset` is to be for the facts that a project names: all of them, when some may be any. */
export function usedSubsets(world: World, seen: Seen, subsetOf: SubsetOf): readonly string[] {
  const names = factsInTexts(textsOfProject(world, seen));
  if (names === "all") return ["all"];
  const subsets = [...names].map((name) => subsetOf(name));
  if (subsets.includes(undefined)) return ["all"];
  return ["!all", "!min", ...new Set(subsets.filter((each) => each !== undefined))];
}

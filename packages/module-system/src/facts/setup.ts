import type { Observed } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled } from "@evenkeel/core";
import type { FactSubset, FactsState } from "@evenkeel/kinds";
import { ansibleSubsets, factNames, facts, isFactSubset, subsetOf } from "@evenkeel/kinds";
import { Type } from "typebox";

const all = Object.values(ansibleSubsets).flat();
const minimal = ansibleSubsets.min ?? [];

/** Facts about a host; of the subsets that are asked for, each is one script. */
export const setup = defineModule({
  name: "setup",
  summary: "Facts about a host.",
  params: Type.Object(
    {
      gather_subset: Type.Array(Type.String(), {
        default: ["all"],
        description: "all, min, network, hardware, virtual, or facts by name; with `!` before it, all but that",
        split: true,
      }),
      filter: Type.Array(Type.String(), {
        default: [],
        description: "only facts whose names match one of these patterns",
        split: true,
      }),
      fact_path: Type.String({ default: "/etc/ansible/facts.d", description: "where the host's own facts are" }),
      gather_timeout: Type.Integer({
        default: 10,
        description: "a question that hangs is given up after a while anyway",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ gather_subset, fact_path }) => ({
    subsets: chosenSubsets(gather_subset).map((subset) =>
      facts(subset, subset === "local" ? { factPath: fact_path } : undefined),
    ),
  }),
  plan: () => [],
  remembers: "facts",
  result({ before: { subsets } }, { gather_subset, filter }) {
    const found = Object.assign({}, ...subsets.map(factsOf)) as Readonly<Record<string, unknown>>;
    const named = Object.entries(found).map(([name, value]) => [`ansible_${name}`, value] as const);
    const patterns = filter.filter((pattern) => pattern !== "*").map(expressionOf);
    const isAsked = (name: string) =>
      patterns.length === 0 ||
      patterns.some((pattern) => pattern.test(name) || pattern.test(name.replace(/^ansible_/, "")));
    return {
      ansible_facts: {
        ...Object.fromEntries(named.filter(([name]) => isAsked(name))),
        gather_subset,
        module_setup: true,
      },
    };
  },
  returns: Type.Object({ ansible_facts: Type.Record(Type.String(), Type.Unknown(), { description: "the facts" }) }),
});

/** `!all` leaves the least; `!min` not even that; what is named is added, and what is taken away is taken away last. */
export function chosenSubsets(words: readonly string[]): readonly FactSubset[] {
  const plain = words.map((word) => word.trim()).filter((word) => word !== "");
  const added = plain.filter((word) => !word.startsWith("!"));
  const removed = plain.filter((word) => word.startsWith("!")).map((word) => word.slice(1));
  const explicit = new Set(added.filter((word) => word !== "all").flatMap(subsetsOf));
  const base = removed.includes("all") ? [] : added.length === 0 || added.includes("all") ? all : [];
  const least = removed.includes("min") ? [] : minimal;
  const gone = new Set(removed.filter((word) => word !== "all").flatMap(subsetsOf));
  return all.filter(
    (subset) => explicit.has(subset) || ((base.includes(subset) || least.includes(subset)) && !gone.has(subset)),
  );
}

function subsetsOf(word: string): readonly FactSubset[] {
  const known = ansibleSubsets[word];
  if (known) return known;
  if (isFactSubset(word)) return [word];
  // What other tools would tell, where they are: they are not.
  if (["ohai", "facter", "caps", "ssh_pub_keys"].includes(word)) return word === "ssh_pub_keys" ? ["system"] : [];
  const subset = subsetOf(word) ?? subsetOf(`${word}_id`);
  if (subset) return [subset];
  throw new InputError({
    code: "setup/subset",
    message: `no such subset of facts: ${JSON.stringify(word)}`,
    hint: "all, min, network, hardware, virtual, or a fact's name",
  });
}

/** Of what is not known yet, the names are. */
function factsOf({ key, state }: Observed<FactsState>): Readonly<Record<string, unknown>> {
  if (!isUnsettled(state)) return state.facts;
  return Object.fromEntries(factNames[key as FactSubset].map((name) => [name, state]));
}

/** As a shell's patterns: `ansible_*_mb`. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("[!", "[^");
  return new RegExp(`^${source}$`);
}

import { defineKind, InputError, quote, readWords } from "@evenkeel/core";
import type { FactSubset } from "./fact-subsets.ts";
import { isFactSubset, parsers } from "./fact-subsets.ts";

/** Facts under Ansible's names, without `ansible_` before them. */
export interface FactsState {
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a host can be asked about itself, by the name of a subset; see fact-subsets.ts. `via` may say where local facts are. */
export const facts = defineKind<FactsState, never>({
  name: "facts",
  read(keys, via) {
    const path = (via as { readonly factPath?: string } | undefined)?.factPath;
    const scripts = keys.map(
      (key) =>
        `echo "=#= ${key}"; (\n${readWords(new URL(`./scripts/${checked(key)}.sh`, import.meta.url))}) 2>/dev/null; echo`,
    );
    return [
      readWords(new URL("./scripts/say.sh", import.meta.url)),
      path === undefined ? "" : `fact_path=${quote(path)}\n`,
      scripts.join("\n"),
      "\n:",
    ].join("");
  },
  parse(output, keys) {
    const text = Buffer.from(output).toString();
    const blocks = text.split(/^=#= \S+\n/m).slice(1);
    return new Map(keys.map((key, index) => [key, { facts: parsers[checked(key)](blocks[index] ?? "") }]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isSteady: true,
  isAbsent: () => false,
  dependsOn: "all",
  describe: ({ facts: found }) => ({ facts: Object.keys(found).join(", ") }),
});

function checked(key: string): FactSubset {
  if (isFactSubset(key)) return key;
  throw new InputError({
    code: "facts/subset",
    message: `no such subset of facts: ${JSON.stringify(key)}`,
    hint: Object.keys(parsers).join(", "),
  });
}

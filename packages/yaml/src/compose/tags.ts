import { Mistake } from "../mistakes/mistake.ts";
import type { Token } from "../scan/token.ts";

const scalarTags = ["str", "null", "bool", "int", "float", "timestamp", "binary"] as const;
const collectionTags = ["seq", "map", "set", "omap", "pairs"] as const;
const ansibleTags = ["!unsafe", "!vault", "!vault-encrypted"] as const;

export type ScalarTag = (typeof scalarTags)[number];
/** What a tag asks for; `!` is "as if it had no quotes". */
export type TagName = ScalarTag | (typeof collectionTags)[number] | (typeof ansibleTags)[number] | "!";

export function isScalarTag(tag: TagName): tag is ScalarTag {
  return scalarTags.some((each) => each === tag);
}

const yamlPrefix = "tag:yaml.org,2002:";

const known = new Map<string, TagName>([
  ...[...scalarTags, ...collectionTags].map((tag): [string, TagName] => [yamlPrefix + tag, tag]),
  ...["!" as const, ...ansibleTags].map((tag): [string, TagName] => [tag, tag]),
  // PyYAML of old wrote these.
  [`${yamlPrefix}python/dict`, "map"],
  [`${yamlPrefix}python/unicode`, "str"],
]);

/** The handles that are in force in one document. */
export class Tags {
  readonly #prefixes = new Map([
    ["!", "!"],
    ["!!", yamlPrefix],
  ]);

  constructor(directives: readonly Token[]) {
    const given = new Set<string>();
    for (const { handle = "", text, start } of directives) {
      if (given.has(handle)) throw new Mistake("directive", `%TAG ${handle} is there twice`, start);
      given.add(handle);
      this.#prefixes.set(handle, text);
    }
  }

  nameOf({ handle, text, start }: Token): TagName {
    const prefix = handle === undefined ? "" : this.#prefixes.get(handle);
    if (prefix === undefined) throw new Mistake("tag", `no %TAG line says what ${handle} stands for`, start);
    const tag = known.get(prefix + text);
    if (tag !== undefined) return tag;
    const shown = handle === undefined ? `!<${text}>` : handle + text;
    throw new Mistake("tag", `there is no tag ${shown}`, start, {
      hint: "!vault, !unsafe, and YAML's own such as !!str; quote the value if it is meant to begin with !",
    });
  }
}

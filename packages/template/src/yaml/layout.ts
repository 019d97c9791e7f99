/** What can be chosen about how YAML is written. */
export interface YamlLayout {
  readonly indent: number;
  readonly width: number;
  readonly sortsKeys: boolean;
  /** Which lists and dicts are written in brackets: those that hold nothing but scalars, all of them, or none. */
  readonly flow: "leaves" | "all" | "none";
  readonly isUnicode: boolean;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  /** How all scalars are quoted: `'`, `"`, `|` or `>`. */
  readonly quoting: string | undefined;
}

/** What is not given is as Ansible has it. */
export type GivenLayout = { readonly [Name in keyof YamlLayout]?: YamlLayout[Name] | undefined };

/** libyaml takes an indent from 2 to 9 and a width of more than twice that; others count as 2 and 80. */
export function layoutWith(given: GivenLayout): YamlLayout {
  const indent = given.indent !== undefined && given.indent > 1 && given.indent < 10 ? given.indent : 2;
  const width = given.width ?? 80;
  return {
    indent,
    width: width < 0 ? Number.POSITIVE_INFINITY : width > indent * 2 ? width : 80,
    sortsKeys: given.sortsKeys ?? true,
    flow: given.flow ?? "leaves",
    isUnicode: given.isUnicode ?? true,
    hasStart: given.hasStart ?? false,
    hasEnd: given.hasEnd ?? false,
    quoting: given.quoting,
  };
}

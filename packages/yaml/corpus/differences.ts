interface Difference {
  /** What we make of it; all else is as Ansible has it. */
  readonly ours: unknown;
  readonly because: string;
}

const entries = (...each: readonly (readonly [string, unknown])[]) => ({ value: { entries: each } });
const int = (value: number) => ({ int: String(value) });

/** Where we differ from Ansible on purpose. */
export const differences: Readonly<Record<string, Difference>> = {
  "anchors-and-tags: sets and ordered mappings": {
    because: "a set is the list of its members, in their order: JSON and templates have no sets",
    ours: entries(
      ["a", ["b", "c", "a"]],
      [
        "d",
        [
          ["e", int(1)],
          ["f", int(2)],
        ],
      ],
      [
        "g",
        [
          ["h", int(1)],
          ["h", int(2)],
        ],
      ],
    ),
  },
  "strings: a surrogate escape": {
    because: "JSON, which is read by the same parser, writes characters so",
    ours: entries(["a", "😀"]),
  },
};

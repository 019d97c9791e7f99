/** What a host can be made of. */
export const suites = ["trixie", "bookworm", "sid", "tiny"] as const;

export type Suite = (typeof suites)[number];

/** A Debian release; `tiny` is cut out of one. */
export type DebianSuite = Exclude<Suite, "tiny">;

export const isSuite = (text: string): text is Suite => (suites as readonly string[]).includes(text);

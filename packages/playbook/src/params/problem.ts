/** What is wrong with a value, and where in it. */
export interface Problem {
  /** Names and positions from the parameters down. */
  readonly path: readonly (string | number)[];
  /** Follows the parameter's name. */
  readonly message: string;
  readonly hint?: string;
  /** There is nothing at that path. */
  readonly isMissing?: boolean;
}

/** `mounts[0].src` */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((each, index) => (typeof each === "number" ? `[${each}]` : index === 0 ? each : `.${each}`)).join("");
}

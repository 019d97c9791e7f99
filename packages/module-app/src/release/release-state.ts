/** How a release is asked whether it can serve, and how it is let go: kept with it, so that a rollback needs nothing of ours. */
export interface ReleaseSettings {
  readonly health?: string;
  readonly healthSeconds: number;
  readonly healthChecks: number;
  /** Answers must have the release in this header. */
  readonly releaseHeader?: string;
  readonly releaseValue?: string;
  readonly drainSeconds: number;
}

export interface OneRelease {
  readonly state: "built" | "partial" | "absent";
  /** When, in seconds since 1970. */
  readonly builtAt?: number;
  readonly settings?: ReleaseSettings;
  /** Sums of its secrets, by their names. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** An application's releases by their ids. What is not in it is not there. */
export type ReleaseState = Readonly<Record<string, OneRelease>>;

/** What is waited for, as the executor takes it. */
export interface WaitForData {
  readonly state: "started" | "stopped" | "drained" | "present" | "absent";
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly searchRegex?: string;
  readonly seconds: number;
  readonly delaySeconds: number;
  readonly sleepSeconds: number;
  readonly connectSeconds: number;
  readonly excludedHosts: readonly string[];
  readonly connectionStates: readonly string[];
}

/** What came of it. */
export interface WaitForOutcome {
  readonly isTimedOut: boolean;
  readonly elapsed: number;
  readonly groups: readonly (string | null)[];
  readonly named: Readonly<Record<string, string | null>>;
}

/** What one argument may be, as a role's `meta/argument_specs.yml` says it. */
export interface ArgumentRule {
  readonly type?: string;
  readonly elements?: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly choices?: readonly unknown[];
  readonly aliases?: readonly string[];
  /** The arguments within a mapping, or within each mapping of a list. */
  readonly options?: ArgumentSpec;
  readonly apply_defaults?: boolean;
  readonly mutually_exclusive?: readonly (string | readonly string[])[];
  readonly required_together?: readonly (readonly string[])[];
  readonly required_one_of?: readonly (readonly string[])[];
  readonly required_if?: readonly (readonly unknown[])[];
  readonly required_by?: Readonly<Record<string, string | readonly string[]>>;
}

export type ArgumentSpec = Readonly<Record<string, ArgumentRule>>;

import type { Environment, Origin } from "./engine/environment.ts";
import type { Settings } from "./syntax/settings.ts";

/** Variables, each resolved when it is asked for. What they hold is data: never a template again. */
export interface Scope {
  has(name: string): boolean;
  /** What it throws passes through; only an `UndefinedVariable` counts as a variable that is not there. */
  get(name: string): unknown;
  /** All names, for did-you-mean. */
  names?(): Iterable<string>;
}

/** How a template is read, and what it may use unless it is told otherwise when it is rendered. */
export interface TemplateOptions extends Environment {
  /** Where the text stands, for errors. */
  readonly place?: Origin;
  readonly settings?: Partial<Settings>;
  /** In `{{ }}` a backslash is a backslash. Ansible reads values so, because YAML has seen to them, and templates not. */
  readonly keepsBackslashes?: boolean;
}

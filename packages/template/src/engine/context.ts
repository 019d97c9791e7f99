import type { Keywords } from "../python/object.ts";
import type { Settings } from "../syntax/settings.ts";
import type { Environment } from "./environment.ts";

/** How another text is to be rendered. */
export interface Rendering {
  readonly file: string | undefined;
  readonly settings: Partial<Settings>;
  /** Variables over those there are. */
  readonly variables: ReadonlyMap<string, unknown>;
}

/** What filters, tests, lookups and other functions may ask of the template that calls them. */
export interface Context {
  readonly environment: Environment;
  /** A variable as a name in the template would find it; a marker when there is none. */
  variable(name: string): unknown;
  variableNames(): Iterable<string>;
  /** `target.name`: what can be called on such a value, else an element of that name. */
  attribute(target: unknown, name: string): unknown;
  /** `target[key]` */
  item(target: unknown, key: unknown): unknown;
  filter(name: string, value: unknown, args: readonly unknown[], keywords: Keywords): unknown;
  test(name: string, value: unknown, args: readonly unknown[], keywords: Keywords): unknown;
  call(callable: unknown, args: readonly unknown[], keywords: Keywords): unknown;
  lookup(name: string, terms: readonly unknown[], keywords: Keywords): unknown;
  /** Whether there is a filter or test of that name. */
  has(kind: "filter" | "test", name: string): boolean;
  /** Takes a secret's text, or a list or dict with the texts of the secrets in it; what is rendered is secret from then on. */
  reveal(value: unknown): unknown;
  /** Renders another text: what the template lookup does. */
  render(source: string, rendering: Rendering): unknown;
  /** The same for a secret alone; a list or dict stays as it is. */
  opened(value: unknown): unknown;
  /** Something is about to be changed in place: an error when it is not the template's own. */
  changing(target: unknown): void;
  /** Counts a step of work, so that a template cannot go on without end. */
  step(): void;
  /** Does what waits for the world outside; that time does not count. */
  outside<Result>(work: () => Result): Result;
}

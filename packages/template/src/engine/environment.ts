import type { Place } from "@evenkeel/core";
import type { Lookup } from "../lookups/lookup.ts";
import type { Native } from "../python/native.ts";

/** The text of another template, and the file it came from. */
export interface LoadedTemplate {
  readonly source: string;
  readonly file: string;
}

/** What a template may use of the world around it. All of it is optional. */
export interface Environment {
  /** Finds what `include`, `import` and `extends` name; `from` is the file that asks. undefined when there is none. */
  readonly loader?: (name: string, from: string | undefined) => LoadedTemplate | undefined;
  /** What a file that the template lookup renders can say of itself: `ansible_managed`, `template_path` … */
  readonly namesFor?: (file: string, asked: string) => Readonly<Record<string, unknown>>;
  /** Over and beside those there are. */
  readonly filters?: Readonly<Record<string, Native>>;
  readonly tests?: Readonly<Record<string, Native>>;
  readonly globals?: Readonly<Record<string, unknown>>;
  readonly lookups?: Readonly<Record<string, Lookup>>;
  /** Where lookups look for files, the first first: a role's folder, the playbook's. */
  readonly directories?: readonly string[];
  /** Nothing may be done but look: lookups that run programs, ask the network or write files refuse. */
  readonly isSpeculative?: boolean;
  /** What the filters from_yaml and from_yaml_all read with: all documents of a text. */
  readonly readYaml?: (text: string) => readonly unknown[];
  /** What the filters vault and unvault work with. */
  readonly vault?: VaultCipher;
  readonly limits?: Partial<Limits>;
  /** Hears the text of each secret that a template uses: alone it is in what the template makes, and may turn up anywhere. */
  readonly onReveal?: (text: string) => void;
}

export interface VaultCipher {
  encrypt(text: string, secret: string, options: { readonly id: string; readonly salt?: string }): string;
  decrypt(text: string, secret: string): string;
  isEncrypted(text: string): boolean;
}

/** When a template that goes on and on is stopped. */
export interface Limits {
  readonly milliseconds: number;
  /** Iterations of loops and elements that filters go over. */
  readonly steps: number;
  /** Macros, includes, blocks and loops within one another. */
  readonly depth: number;
  /** Characters that are printed. */
  readonly output: number;
}

export const defaultLimits: Limits = { milliseconds: 30_000, steps: 10_000_000, depth: 200, output: 64 * 1024 * 1024 };

/** Where a text stands: its first character, or what tells the place of a line and column within it, counted from 1. */
export type Origin = Place | ((line: number, column: number) => Place);

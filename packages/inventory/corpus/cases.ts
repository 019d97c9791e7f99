import { ini } from "./ini-cases.ts";
import { constructed, programs } from "./made-cases.ts";
import { several } from "./several-cases.ts";
import { yaml } from "./yaml-cases.ts";

/** An inventory, and how it is asked for. */
export interface Case {
  readonly name: string;
  /** Texts by path; a program begins with #!. */
  readonly files: Readonly<Record<string, string>>;
  /** What -i is given; by default the only file. */
  readonly sources?: readonly string[];
  readonly limit?: string;
  readonly playbookDirectory?: string;
  /** Hosts to ask for with --host. */
  readonly hosts?: readonly string[];
}

/** Inventories as people have them, each with something that can be understood in more than one way. */
export const cases: readonly Case[] = [...ini, ...yaml, ...several, ...programs, ...constructed];

export function sourcesOf({ files, sources }: Case): readonly string[] {
  return sources ?? Object.keys(files).slice(0, 1);
}

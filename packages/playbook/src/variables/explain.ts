import type { Place } from "@evenkeel/core";
import { describe } from "../values/value-type.ts";
import type { Source } from "./layer.ts";
import type { Level } from "./level.ts";
import { levels } from "./level.ts";
import { sourcesOf } from "./sources.ts";
import type { TaskScope } from "./task-scope.ts";

/** Where a variable's value comes from, and what it overrides, the strongest first. */
export interface Explanation {
  readonly sources: readonly ExplainedSource[];
}

export interface ExplainedSource {
  readonly level: Level;
  /** Ansible's number for the level. */
  readonly rank: number;
  readonly place?: Place;
  /** As it was written, in few words. */
  readonly written: string;
}

/** Looks at all scopes that see the variable: the levels of plays differ from one to the next. */
export function explain(name: string, scopes: readonly TaskScope[]): Explanation {
  const found = new Map<string, ExplainedSource>();
  for (const scope of scopes) {
    for (const source of sourcesOf(scope, name)) {
      const explained = explainedSource(source);
      found.set(JSON.stringify([explained.level, explained.place, explained.written]), explained);
    }
  }
  return { sources: [...found.values()].toSorted((a, b) => b.rank - a.rank) };
}

function explainedSource({ level, written, data }: Source): ExplainedSource {
  return {
    level,
    rank: levels[level],
    ...(written && { place: written.place }),
    written: written?.where.isSecret ? "a secret" : describe(written ? written.value : data),
  };
}

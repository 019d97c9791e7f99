import { TemplateFault } from "../python/fault.ts";
import { translateRegex } from "./translate-regex.ts";

export interface RegexFlags {
  readonly ignoresCase?: boolean;
  readonly isMultiline?: boolean;
}

/** A compiled pattern of Python's `re`: names are those of its groups, by number. */
export interface PythonRegex {
  /** Global: it goes on from its lastIndex. */
  readonly pattern: RegExp;
  readonly groupNames: readonly (string | undefined)[];
}

const cache = new Map<string, PythonRegex>();
const CACHE_SIZE = 500;

/** JavaScript's regular expression that means the same as Python's. */
export function pythonRegex(
  source: string,
  { ignoresCase = false, isMultiline = false }: RegexFlags = {},
): PythonRegex {
  const key = `${ignoresCase ? "i" : ""}${isMultiline ? "m" : ""}/${source}`;
  const known = cache.get(key);
  if (known !== undefined) {
    known.pattern.lastIndex = 0;
    return known;
  }
  const { body, flags, groupNames } = translateRegex(source, { ignoresCase, isMultiline });
  const compiled = { pattern: compile(source, body, `gu${flags}`), groupNames };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

function compile(source: string, body: string, flags: string): RegExp {
  try {
    return new RegExp(body, flags);
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: .*: /s, "");
    throw new TemplateFault("regex", `${source} is no regular expression: ${reason}`);
  }
}

/** The first match at or after an offset. */
export function searchFrom({ pattern }: PythonRegex, text: string, from = 0): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

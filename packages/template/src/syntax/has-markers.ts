import { HEADER } from "./read-header.ts";
import type { Settings } from "./settings.ts";

/** Whether a text may be a template: most are not, and need nothing else of this package. */
export function hasMarkers(source: string, settings?: Settings): boolean {
  if (settings === undefined) return (source.includes("{") && /\{[{%#]/.test(source)) || source.startsWith(HEADER);
  const { variableStart, blockStart, commentStart } = settings;
  const isOne = [variableStart, blockStart, commentStart].some((each) => source.includes(each));
  return isOne || source.startsWith(HEADER);
}

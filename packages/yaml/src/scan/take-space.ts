import type { Cursor } from "./cursor.ts";
import { isBlank, isBreak } from "./cursor.ts";

interface SpaceRules {
  /** A backslash has taken the line's own break out of the value. */
  readonly isBreakEscaped?: boolean;
  /** Sees each blank at the start of a line. */
  readonly checkIndent?: (cursor: Cursor) => void;
}

/**
 * Takes blanks and line breaks between two words of a scalar, and gives what they come to in the value: blanks within a
 * line are kept, a line break is a blank, and of several breaks the first is dropped.
 */
export function takeSpace(cursor: Cursor, { isBreakEscaped = false, checkIndent }: SpaceRules): string {
  const from = cursor.offset;
  cursor.skipBlanks();
  if (!isBreakEscaped && !isBreak(cursor.code())) return cursor.text.slice(from, cursor.offset);
  const first = isBreakEscaped ? "" : cursor.takeBreak();
  let others = "";
  for (let code = cursor.code(); ; code = cursor.code()) {
    if (isBlank(code)) {
      checkIndent?.(cursor);
      cursor.offset++;
    } else if (isBreak(code)) others += cursor.takeBreak();
    else break;
  }
  if (first !== "\n") return first + others;
  return others === "" ? " " : others;
}

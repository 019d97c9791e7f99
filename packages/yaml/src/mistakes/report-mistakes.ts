import { InputError } from "@evenkeel/core";
import { codeFrame } from "./code-frame.ts";
import { explainMistake } from "./explain-mistake.ts";
import type { LineIndex } from "./line-index.ts";
import type { Mistake } from "./mistake.ts";

/** Mistakes as errors for people, in the order in which they stand in the text. */
export function reportMistakes(mistakes: readonly Mistake[], lines: LineIndex): AggregateError {
  const explained = mistakes.map((mistake) => (mistake.code === "key" ? explainMistake(mistake, lines) : mistake));
  const byOffset = new Map(explained.toSorted((a, b) => a.offset - b.offset).map((each) => [each.offset, each]));
  const errors = [...byOffset.values()].map((mistake) => errorOf(mistake, lines));
  return new AggregateError(errors, errors[0]?.message);
}

function errorOf(mistake: Mistake, lines: LineIndex): InputError {
  const place = lines.placeAt(mistake.offset);
  return new InputError({
    code: `yaml/${mistake.code}`,
    message: mistake.message + sinceWhen(mistake, lines),
    place,
    detail: codeFrame(place, lines),
    ...(mistake.hint && { hint: mistake.hint }),
  });
}

function sinceWhen({ code, since, offset }: Mistake, lines: LineIndex): string {
  if (since === undefined || lines.lineAt(since) === lines.lineAt(offset)) return "";
  const line = lines.lineAt(since);
  if (code === "duplicate-key") return `; first on line ${line}`;
  if (code === "indentation" || code === "closing") return `, which begins on line ${line}`;
  return "";
}

import { composeDocuments } from "../compose/documents.ts";
import type { ComposeOptions } from "../compose/value-maker.ts";
import type { LastScalars } from "../scan/scanner.ts";
import { Scanner } from "../scan/scanner.ts";
import { explainMistake } from "./explain-mistake.ts";
import type { LineIndex } from "./line-index.ts";
import type { MistakeCode } from "./mistake.ts";
import { Mistake } from "./mistake.ts";

const mostMistakes = 20;
/** After these nobody can say what the rest of the text was meant to be. */
const hopeless: readonly MistakeCode[] = ["quote", "alias-bomb", "control-character", "depth"];

/**
 * A mistake that reading cannot get past, and those after it: the lines that hold it are left out, and the text is read
 * again. This costs a second reading for each mistake, and only then.
 */
export function findMoreMistakes(stopped: Stopped, text: string, lines: LineIndex, context: ComposeOptions): Mistake[] {
  const first = explainMistake(stopped.mistake, lines, stopped.last);
  const found = [...context.mistakes, first];
  let left = text;
  for (let last: Mistake | undefined = first; last && found.length < mostMistakes && !isHopeless(last); ) {
    left = withoutLines(left, last, lines);
    const { mistakes, end } = readAgain(left, lines, context);
    const known = new Set(found.map(({ offset }) => offset));
    found.push(...mistakes.filter(({ code, offset }) => !known.has(offset) && !isDoubtful(code, offset, text)));
    // Where leaving lines out does not help, reading ends.
    last = end && known.has(end.offset) ? undefined : end;
  }
  return found;
}

interface Stopped {
  readonly mistake: Mistake;
  readonly last: LastScalars;
}

function readAgain(text: string, lines: LineIndex, context: ComposeOptions) {
  const mistakes: Mistake[] = [];
  const scanner = new Scanner(text);
  try {
    composeDocuments(scanner, { ...context, mistakes });
    return { mistakes, end: undefined };
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake;
    const end = explainMistake(mistake, lines, scanner.last);
    return { mistakes: [...mistakes, end], end };
  }
}

/** What is missing may only be missing because it was left out. */
function isDoubtful(code: MistakeCode, offset: number, text: string): boolean {
  const [, name] = /^\*([\w-]+)/.exec(text.slice(offset, offset + 100)) ?? [];
  return code === "merge" || (code === "alias" && text.includes(`&${name}`));
}

function isHopeless({ code, offset, since = 0 }: Mistake): boolean {
  return hopeless.includes(code) || (code === "closing" && since === offset);
}

/** Blanks out the lines of a mistake and what is indented under them, but for the dashes before it: all offsets stay. */
function withoutLines(text: string, { offset, since = offset, code }: Mistake, lines: LineIndex): string {
  const start = code === "indentation" ? offset : Math.min(offset, since);
  const first = lines.lineAt(start);
  const indent = /^\s*(?:- +)*/.exec(lines.textOf(first))?.[0].length ?? 0;
  let next = lines.lineAt(offset) + 1;
  while (lines.startOf(next) < text.length && isUnder(lines.textOf(next), indent)) next++;
  const from = lines.startOf(first) + indent;
  const to = lines.startOf(next);
  return text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, " ") + text.slice(to);
}

function isUnder(line: string, indent: number): boolean {
  return line.trim() === "" || line.search(/\S/) > indent;
}

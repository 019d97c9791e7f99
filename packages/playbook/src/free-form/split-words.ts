/** A word of a line, and where in the line it begins. */
export interface Word {
  readonly text: string;
  readonly index: number;
}

/** The line is not finished: a quote or a template that is open. */
export class UnbalancedText extends Error {
  readonly index: number;

  constructor(index: number) {
    super("a quote or a template in this text is not closed");
    this.name = new.target.name;
    this.index = index;
  }
}

/**
 * Splits a text at blanks and line feeds, as Ansible splits `name=value` lists: not within quotes or templates. Further
 * blanks and line feeds stay at the end of the word before them, so that joining the words gives the text again.
 */
export function splitWords(text: string): readonly Word[] {
  const words: { text: string; index: number }[] = [];
  const state = new State();
  let index = 0;
  const lines = text.split("\n");
  for (const [number, line] of lines.entries()) {
    let isContinued = false;
    for (const [position, token] of line.split(" ").entries()) {
      const at = index;
      index += token.length + 1;
      if (token === "" && position > 0) append(words, " ", at);
      else if (token === "\\" && !state.isQuoted) isContinued = true;
      else addToken(words, state, { text: token, index: at }, position);
    }
    if (number < lines.length - 1 && !isContinued) append(words, "\n", index - 1);
  }
  if (state.isOpen) throw new UnbalancedText(words.at(-1)?.index ?? 0);
  return words;
}

/** The words as one text again. */
export function joinWords(words: readonly Word[]): string {
  let text = "";
  for (const word of words) text += text === "" || text.endsWith("\n") ? word.text : ` ${word.text}`;
  return text;
}

function addToken(words: { text: string; index: number }[], state: State, token: Word, position: number): void {
  const wasQuoted = state.isQuoted;
  const wasTemplate = state.isTemplate;
  state.read(token.text);
  const isNewWord = state.isQuoted && !wasQuoted && !wasTemplate;
  if (!isNewWord && (wasTemplate || state.isQuoted || wasQuoted)) {
    append(words, (position === 0 ? "" : " ") + token.text, token.index);
  } else if (isNewWord || token.text !== "" || state.isTemplate) words.push({ ...token });
}

function append(words: { text: string; index: number }[], text: string, index: number): void {
  const last = words.at(-1);
  if (last) last.text += text;
  else words.push({ text, index });
}

const templates = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["{#", "#}"],
] as const;

/** Which quotes and templates are open. */
class State {
  #quote = "";
  readonly #depths = [0, 0, 0];

  get isQuoted(): boolean {
    return this.#quote !== "";
  }

  get isTemplate(): boolean {
    return this.#depths.some((depth) => depth > 0);
  }

  get isOpen(): boolean {
    return this.isQuoted || this.isTemplate;
  }

  read(token: string): void {
    for (let index = 0; index < token.length; index++) {
      const character = token[index] ?? "";
      if ((character !== '"' && character !== "'") || token[index - 1] === "\\") continue;
      if (this.#quote === "") this.#quote = character;
      else if (this.#quote === character) this.#quote = "";
    }
    for (const [kind, [open, close]] of templates.entries()) {
      const change = count(token, open) - count(token, close);
      this.#depths[kind] = Math.max(0, (this.#depths[kind] ?? 0) + change);
    }
  }
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

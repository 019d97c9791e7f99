import { TemplateFault } from "../python/fault.ts";
import { readClass } from "./read-class.ts";
import { readEscape } from "./read-escape.ts";

/** Modes that change how what follows is read. */
export interface Modes {
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
  readonly isDotAll: boolean;
  readonly isVerbose: boolean;
  readonly isAscii: boolean;
}

interface Translation {
  readonly body: string;
  readonly flags: string;
  readonly groupNames: readonly (string | undefined)[];
}

/** Rewrites a pattern of Python's `re` for JavaScript, where the same signs mean other things. */
export function translateRegex(
  source: string,
  given: { readonly ignoresCase: boolean; readonly isMultiline: boolean },
): Translation {
  const translator = new Translator(source, { ...given, isDotAll: false, isVerbose: false, isAscii: false });
  const body = translator.translate();
  return { body, flags: translator.ignoresCase ? "i" : "", groupNames: translator.groupNames };
}

const quantifier = /^\{(?:\d+(?:,\d*)?|,\d+)\}/;

class Translator {
  readonly groupNames: (string | undefined)[] = [undefined];
  ignoresCase: boolean;
  readonly #source: string;
  #modes: Modes;
  #at = 0;
  readonly #open: Modes[] = [];

  constructor(source: string, modes: Modes) {
    this.#source = source;
    this.#modes = modes;
    this.ignoresCase = modes.ignoresCase;
  }

  translate(): string {
    let body = "";
    while (this.#at < this.#source.length) body += this.#piece();
    if (this.#open.length > 0) throw this.#wrong("missing ), unterminated subpattern");
    return body;
  }

  #piece(): string {
    const character = this.#source[this.#at] ?? "";
    const rest = this.#source.slice(this.#at);
    if (this.#modes.isVerbose && /^\s/.test(character)) return this.#skip(1);
    if (this.#modes.isVerbose && character === "#") return this.#skip(/^[^\n]*/.exec(rest)?.[0].length ?? 1);
    switch (character) {
      case "\\": {
        const { text, length } = readEscape(rest, this.#modes, this.groupNames);
        this.#at += length;
        return text;
      }
      case "[": {
        const { text, length } = readClass(rest, this.#modes);
        this.#at += length;
        return text;
      }
      case "(":
        return this.#group(rest);
      case ")":
        this.#modes = this.#open.pop() ?? this.#fail("unbalanced parenthesis");
        return this.#take(")");
      case "{":
        return this.#repeat(rest);
      case "*":
      case "+":
      case "?":
        if (/^[*+?]\+/.test(rest)) throw this.#wrong("possessive quantifiers are not supported");
        return this.#take(character);
      default:
        return this.#take(character, this.#plain(character));
    }
  }

  #plain(character: string): string {
    const { isDotAll, isMultiline } = this.#modes;
    if (character === ".") return isDotAll ? "[\\s\\S]" : "[^\\n]";
    if (character === "^") return isMultiline ? "(?<![^\\n])" : "(?<![\\s\\S])";
    if (character === "$") return isMultiline ? "(?![^\\n])" : "(?=\\n?(?![\\s\\S]))";
    return character === "}" || character === "]" ? `\\${character}` : character;
  }

  /** A brace that is no quantifier is itself; `{,n}` begins at none. */
  #repeat(rest: string): string {
    const found = quantifier.exec(rest)?.[0];
    if (found === undefined) return this.#take("{", "\\{");
    if (rest[found.length] === "+") throw this.#wrong("possessive quantifiers are not supported");
    return this.#take(found, found.replace("{,", "{0,"));
  }

  #group(rest: string): string {
    const comment = /^\(\?#[^)]*\)/.exec(rest)?.[0];
    if (comment !== undefined) return this.#skip(comment.length);
    const named = /^\(\?P<([A-Za-z_]\w*)>/.exec(rest);
    if (named !== null) return this.#enter(named[0], `(?<${named[1]}>`, named[1]);
    const back = /^\(\?P=(\w+)\)/.exec(rest);
    if (back !== null) return this.#take(back[0], `\\k<${back[1]}>`);
    if (/^\(\?(?:>|\()/.test(rest)) throw this.#wrong("atomic groups and conditions are not supported");
    const plain = /^\(\?(?:[:=!]|<[=!])/.exec(rest)?.[0];
    if (plain !== undefined) return this.#enter(plain, plain);
    const modes = /^\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(rest);
    if (modes !== null) return this.#modal(modes);
    if (rest.startsWith("(?")) throw this.#wrong(`unknown extension ${rest.slice(0, 3)}`);
    this.groupNames.push(undefined);
    this.#open.push(this.#modes);
    return this.#take("(");
  }

  #enter(source: string, text: string, name?: string): string {
    if (name !== undefined) {
      if (this.groupNames.includes(name)) throw this.#wrong(`redefinition of group name ${name}`);
      this.groupNames.push(name);
    }
    this.#open.push(this.#modes);
    return this.#take(source, text);
  }

  #modal([whole, on = "", off = "", end]: RegExpExecArray): string {
    const before = this.#modes;
    const has = (letter: string, now: boolean) => (on.includes(letter) ? true : off.includes(letter) ? false : now);
    const modes = {
      ignoresCase: has("i", before.ignoresCase),
      isMultiline: has("m", before.isMultiline),
      isDotAll: has("s", before.isDotAll),
      isVerbose: has("x", before.isVerbose),
      isAscii: has("a", before.isAscii),
    };
    if (end === ")") {
      if (this.#at > 0) throw this.#wrong("global flags not at the start of the expression");
      this.ignoresCase = modes.ignoresCase;
      this.#modes = modes;
      return this.#skip(whole.length);
    }
    this.#open.push(before);
    this.#modes = modes;
    const change = modes.ignoresCase === before.ignoresCase ? "" : modes.ignoresCase ? "i" : "-i";
    return this.#take(whole, `(?${change}:`);
  }

  #take(source: string, text = source): string {
    this.#at += source.length;
    return text;
  }

  #skip(length: number): string {
    this.#at += length;
    return "";
  }

  #wrong(reason: string): TemplateFault {
    return new TemplateFault(
      "regex",
      `${this.#source} is no regular expression that works here: ${reason} at position ${this.#at}`,
    );
  }

  #fail(reason: string): never {
    throw this.#wrong(reason);
  }
}

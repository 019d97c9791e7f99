import { float } from "@evenkeel/template";
import { mappingOf, UnsafeText } from "@evenkeel/yaml";
import { readPythonNumber } from "./python-number.ts";
import { readPythonString } from "./python-string.ts";

/** What a text is that could be a literal of Python's: INI values are read so, and are texts when they are none. */
export function pythonLiteral(text: string): Literal {
  if (!beginsLiteral.test(text)) return { isLiteral: false };
  const reader = new LiteralReader(text);
  try {
    return { isLiteral: true, value: reader.whole() };
  } catch (error) {
    if (error === notLiteral) return { isLiteral: false };
    throw error;
  }
}

export type Literal = { readonly isLiteral: true; readonly value: unknown } | { readonly isLiteral: false };

/** Thrown where the grammar ends; an INI file has many values that are plain words, so it is made once. */
const notLiteral = new Error("not a literal");

const beginsLiteral = /^[ \t\f]*(?:[\d"'([{+.-]|True|False|None|set\b|[rRuUbB]{1,2}["'])/;

const names = new Map<string, unknown>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

class LiteralReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const items = this.#items("");
    this.#skip();
    if (this.#at < this.#text.length) throw notLiteral;
    return items.isTuple ? items.values : items.values[0];
  }

  #value(): unknown {
    this.#skip();
    const sign = this.#text[this.#at] ?? "";
    if (sign === "[") return this.#inside("]", ({ values }) => values);
    if (sign === "(") return this.#inside(")", ({ values, isTuple }) => (isTuple ? values : values[0]));
    if (sign === "{") return this.#inside("}", ({ values, pairs }) => (pairs ? mappingOf(pairs) : values));
    if (sign === "+" || sign === "-") return this.#signed(sign);
    return this.#number() ?? this.#string() ?? this.#word();
  }

  #inside(end: string, make: (items: Items) => unknown): unknown {
    this.#at++;
    this.#depth++;
    if (this.#depth > 100) throw notLiteral;
    const items = this.#items(end);
    this.#take(end);
    this.#depth--;
    return make(items);
  }

  /** Values with commas between them; of a dictionary, pairs. Without a comma, one in parentheses is not a tuple. */
  #items(end: string): Items {
    const values: unknown[] = [];
    const pairs: [unknown, unknown][] = [];
    let isTuple = end === ")" && this.#isNext(end);
    const isDict = end === "}" && this.#isNext(end);
    while (!this.#isNext(end) || (end === "" && values.length === 0)) {
      const value = this.#value();
      if (end === "}" && this.#isNext(":")) {
        this.#take(":");
        pairs.push([value, this.#value()]);
      } else values.push(value);
      if (!this.#isNext(",")) break;
      this.#take(",");
      isTuple = true;
    }
    if (pairs.length > 0 && values.length > 0) throw notLiteral;
    return { values, isTuple, ...((pairs.length > 0 || isDict) && { pairs }) };
  }

  /** A sign is a number's; nothing is added or subtracted. */
  #signed(sign: string): unknown {
    this.#at++;
    this.#skip();
    const number = readPythonNumber(this.#text, this.#at);
    if (number === undefined) throw notLiteral;
    this.#at = number.end;
    if (sign === "+") return this.#made(number.value);
    return this.#made(typeof number.value === "object" ? { float: -number.value.float } : -number.value);
  }

  #number(): unknown {
    const number = readPythonNumber(this.#text, this.#at);
    if (number === undefined) return undefined;
    this.#at = number.end;
    return this.#made(number.value);
  }

  #made(value: number | bigint | { readonly float: number }): unknown {
    if (typeof value === "object") return float(value.float);
    return Object.is(value, -0) ? 0 : value;
  }

  /** Strings that stand side by side are one. Bytes are texts that are never templates. */
  #string(): string | UnsafeText | undefined {
    const first = readPythonString(this.#text, this.#at);
    let whole = "";
    for (let next = first; next; next = readPythonString(this.#text, this.#at)) {
      if (next.isBytes !== first?.isBytes) throw notLiteral;
      whole += next.value;
      this.#at = next.end;
      this.#skip();
    }
    if (first === undefined) return undefined;
    return first.isBytes ? new UnsafeText(whole) : whole;
  }

  #word(): unknown {
    const [word] = /^(\w+|\.\.\.)/.exec(this.#text.slice(this.#at, this.#at + 10)) ?? [];
    if (word === "set" && /^set\s*\(\s*\)/.test(this.#text.slice(this.#at))) {
      this.#at = this.#text.indexOf(")", this.#at) + 1;
      return [];
    }
    if (word === undefined || !(names.has(word) || word === "...")) throw notLiteral;
    this.#at += word.length;
    return word === "..." ? word : names.get(word);
  }

  #isNext(sign: string): boolean {
    this.#skip();
    return sign === "" ? this.#at >= this.#text.length : this.#text.startsWith(sign, this.#at);
  }

  #take(sign: string): void {
    if (!this.#isNext(sign)) throw notLiteral;
    this.#at += sign.length;
  }

  #skip(): void {
    while (/[ \t\f]/.test(this.#text[this.#at] ?? "")) this.#at++;
    // A comment of Python's; in an INI file it is one only because the value before it is a literal.
    if (this.#text[this.#at] === "#" && this.#depth === 0) this.#at = this.#text.length;
  }
}

interface Items {
  readonly values: readonly unknown[];
  readonly isTuple: boolean;
  readonly pairs?: readonly (readonly [unknown, unknown])[];
}

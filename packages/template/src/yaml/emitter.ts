import { TemplateFault } from "../python/fault.ts";
import { checkText } from "../python/limits.ts";
import { readsAsOther } from "./implicit-type.ts";
import type { YamlLayout } from "./layout.ts";
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from "./represent.ts";
import { analyzeScalar } from "./scalar-analysis.ts";
import { writeBlock } from "./write-block.ts";
import { writeDoubleQuoted, writePlain, writeSingleQuoted } from "./write-quoted.ts";

/** Where a node stands, which decides how it may be written. */
interface Position {
  readonly isKey?: boolean;
  readonly isInMapping?: boolean;
}

/** Writes nodes as libyaml does, with the same marks and line ends. */
export class Emitter {
  readonly layout: YamlLayout;
  column = 0;
  /** The last thing written was white space, and nothing but indentation so far on this line. */
  isAfterSpace = true;
  isIndention = true;
  indent = -1;
  /** The last block kept its empty lines, so the end must be marked. libyaml does so wherever that block was. */
  isOpenEnded = false;
  #flowLevel = 0;
  readonly #parts: string[] = [];
  readonly #written = new Set<YamlNode>();
  #size = 0;

  constructor(layout: YamlLayout) {
    this.layout = layout;
  }

  document(node: YamlNode): string {
    if (this.layout.hasStart) this.indicator("---", true);
    this.node(node, {});
    this.writeIndent();
    if (this.layout.hasEnd || this.isOpenEnded) {
      this.indicator("...", true);
      this.writeIndent();
    }
    return this.#parts.join("");
  }

  node(node: YamlNode, position: Position): void {
    if (node.anchor !== undefined) {
      const isKnown = this.#written.has(node);
      this.indicator(`${isKnown ? "*" : "&"}${node.anchor}`, true);
      if (isKnown) return;
      this.#written.add(node);
    }
    if (node.kind === "scalar") this.#scalar(node, position);
    else if (node.kind === "sequence") this.#sequence(node, position);
    else this.#mapping(node);
  }

  write(text: string): void {
    this.#size += text.length;
    checkText(this.#size);
    this.#parts.push(text);
    this.column += text.length;
  }

  indicator(mark: string, needsSpace: boolean, { isSpace = false, isIndention = false } = {}): void {
    if (needsSpace && !this.isAfterSpace) this.write(" ");
    this.write(mark);
    this.isAfterSpace = isSpace;
    this.isIndention = this.isIndention && isIndention;
  }

  writeIndent(): void {
    const indent = Math.max(0, this.indent);
    if (!this.isIndention || this.column > indent || (this.column === indent && !this.isAfterSpace))
      this.writeBreak("\n");
    if (this.column < indent) this.write(" ".repeat(indent - this.column));
    this.isAfterSpace = true;
    this.isIndention = true;
  }

  writeBreak(mark: string): void {
    this.write(mark);
    this.column = 0;
  }

  get isInFlow(): boolean {
    return this.#flowLevel > 0;
  }

  #sequence({ items, isFlow }: YamlSequence, { isInMapping = false }: Position): void {
    if (this.isInFlow || isFlow || items.length === 0) {
      this.#inFlow("[", "]", items, (item) => this.node(item, {}));
      return;
    }
    this.#deeper(isInMapping && !this.isIndention, () => {
      for (const item of items) {
        this.writeIndent();
        this.indicator("-", true, { isIndention: true });
        this.node(item, {});
      }
    });
  }

  #mapping({ pairs, isFlow }: YamlMapping): void {
    if (this.isInFlow || isFlow || pairs.length === 0) {
      this.#inFlow("{", "}", pairs, ([key, value]) => this.#flowPair(key, value));
      return;
    }
    this.#deeper(false, () => {
      for (const [key, value] of pairs) {
        this.writeIndent();
        if (this.#isSimpleKey(key)) {
          this.node(key, { isKey: true, isInMapping: true });
          this.indicator(":", false);
        } else {
          this.indicator("?", true, { isIndention: true });
          this.node(key, { isInMapping: true });
          this.writeIndent();
          this.indicator(":", true, { isIndention: true });
        }
        this.node(value, { isInMapping: true });
      }
    });
  }

  #flowPair(key: YamlNode, value: YamlNode): void {
    if (this.#isSimpleKey(key)) {
      this.node(key, { isKey: true, isInMapping: true });
      this.indicator(":", false);
    } else {
      this.indicator("?", true);
      this.node(key, { isInMapping: true });
      if (this.column > this.layout.width) this.writeIndent();
      this.indicator(":", true);
    }
    this.node(value, { isInMapping: true });
  }

  #inFlow<Item>(open: string, close: string, items: readonly Item[], write: (item: Item) => void): void {
    this.indicator(open, true, { isSpace: true });
    const before = this.indent;
    this.indent = before < 0 ? this.layout.indent : before + this.layout.indent;
    this.#flowLevel++;
    for (const [index, item] of items.entries()) {
      if (index > 0) this.indicator(",", false);
      if (this.column > this.layout.width) this.writeIndent();
      write(item);
    }
    this.#flowLevel--;
    this.indent = before;
    this.indicator(close, false);
  }

  #deeper(isIndentless: boolean, write: () => void): void {
    const before = this.indent;
    if (before < 0) this.indent = 0;
    else if (!isIndentless) this.indent += this.layout.indent;
    write();
    this.indent = before;
  }

  #isSimpleKey(key: YamlNode): boolean {
    if (key.kind === "sequence") return key.items.length === 0;
    if (key.kind === "mapping") return key.pairs.length === 0;
    return Buffer.byteLength(key.text) <= 128 && !analyzeScalar(key.text, this.layout.isUnicode).isMultiline;
  }

  #scalar(node: YamlScalar, { isKey = false }: Position): void {
    const style = this.#styleOf(node, isKey);
    if (style !== "" && !node.isText) this.indicator("!", true);
    const before = this.indent;
    this.indent = before < 0 ? this.layout.indent : before + this.layout.indent;
    const allowsBreaks = !isKey;
    if (style === '"') writeDoubleQuoted(this, node.text, allowsBreaks);
    else if (style === "'") writeSingleQuoted(this, node.text, allowsBreaks);
    else if (style === "") writePlain(this, node.text, allowsBreaks);
    else writeBlock(this, node.text, style);
    this.indent = before;
  }

  #styleOf({ text, isText, quoting = "" }: YamlScalar, isKey: boolean): "" | "'" | '"' | "|" | ">" {
    if (!["", "'", '"', "|", ">"].includes(quoting))
      throw new TemplateFault("value", `${quoting} is no style of quoting`);
    const analysis = analyzeScalar(text, this.layout.isUnicode);
    if (isKey && analysis.isMultiline) return '"';
    let style = quoting;
    if (style === "") {
      const isAllowed = this.isInFlow ? analysis.allowsFlowPlain : analysis.allowsBlockPlain;
      const isEmptyInside = text === "" && (this.isInFlow || isKey);
      if (!isAllowed || isEmptyInside || (isText && readsAsOther(text))) style = "'";
    }
    if (style === "'" && !analysis.allowsSingleQuoted) return '"';
    if ((style === "|" || style === ">") && (!analysis.allowsBlock || this.isInFlow || isKey)) return '"';
    return style as "" | "'" | '"' | "|" | ">";
  }
}

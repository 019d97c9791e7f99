import { Mistake } from "../mistakes/mistake.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { Token, TokenKind } from "../scan/token.ts";
import { Anchors } from "./anchors.ts";
import { MappingBuilder } from "./mapping-builder.ts";
import type { TagName } from "./tags.ts";
import type { Items, ValueMaker } from "./value-maker.ts";

/** Reads one document's value. */
export function composeValue(tokens: Scanner, make: ValueMaker): unknown {
  return new Composer(tokens, make).node("item");
}

/** What a value is: in a block mapping, a list may stand as far left as the keys. */
type Role = "item" | "block-key" | "block-value" | "flow-key" | "flow-value";

const deepest = 200;
const endsOfItem: readonly TokenKind[] = ["-", "block-end"];
const endsOfEntry: readonly TokenKind[] = ["key", "value", "block-end"];
const endsOfIndentlessItem: readonly TokenKind[] = ["-", ...endsOfEntry];

class Composer {
  readonly #tokens: Scanner;
  readonly #make: ValueMaker;
  readonly #anchors = new Anchors();
  #depth = 0;
  /** Where the value that was read last is written. */
  #start = 0;

  constructor(tokens: Scanner, make: ValueMaker) {
    this.#tokens = tokens;
    this.#make = make;
  }

  node(role: Role): unknown {
    const { kind } = this.#tokens.peek();
    this.#anchors.count();
    if (kind === "alias") return this.#alias(this.#tokens.take());
    if (kind === "anchor" || kind === "tag") return this.#nodeWithProperties(role);
    return this.#content(role);
  }

  #alias(token: Token): unknown {
    const { value, offset } = this.#anchors.find(token);
    this.#make.spots.aliases.set(token.start, offset);
    this.#start = token.start;
    return value;
  }

  #nodeWithProperties(role: Role): unknown {
    const { start } = this.#tokens.peek();
    let anchor = this.#takeIf("anchor");
    const tagToken = this.#takeIf("tag");
    anchor ??= this.#takeIf("anchor");
    const tag = tagToken && this.#make.tagName(tagToken);
    if (anchor && this.#anchors.isTaken(anchor.text)) {
      this.#make.keep(new Mistake("anchor", `&${anchor.text} is there twice`, anchor.start));
    }
    const close = anchor && this.#anchors.open(anchor.text);
    const wasUnsafe = this.#make.isUnsafe;
    if (tag === "!unsafe") this.#make.isUnsafe = true;
    const value = this.#content(role, tag, start);
    this.#make.isUnsafe = wasUnsafe;
    close?.(value, this.#start);
    return value;
  }

  /** `start` is where a tag or an anchor stands, after which nothing more need follow. */
  #content(role: Role, tag?: TagName, start?: number): unknown {
    const token = this.#tokens.peek();
    const { kind } = token;
    if (kind === "plain" || kind === "quoted" || kind === "block") return this.#scalar(role, this.#tokens.take(), tag);
    this.#depth++;
    if (this.#depth > deepest) throw new Mistake("depth", `more than ${deepest} levels of values`, token.start);
    const value = this.#collection(role, token, tag, start);
    this.#depth--;
    return value;
  }

  #collection(role: Role, { kind, start: here }: Token, tag?: TagName, start?: number): unknown {
    if (kind === "[") return this.#flowList(tag);
    if (kind === "{") return this.#flowMapping(tag);
    const isBlock = role === "item" || role === "block-key" || role === "block-value";
    if (isBlock && kind === "block-sequence") return this.#blockList(tag);
    if (isBlock && kind === "block-mapping") return this.#blockMapping(tag);
    if (isBlock && role !== "item" && kind === "-") return this.#list(this.#dashes(endsOfIndentlessItem), tag, here);
    if (start === undefined) throw new Mistake("value", "a value is missing here", here);
    if (tag === undefined) return this.#nothing(start);
    const token: Token = { kind: tag === "!" ? "quoted" : "plain", start, end: start, text: "", inside: start };
    return this.#scalar(role, token, tag === "!" ? undefined : tag);
  }

  #scalar(role: Role, token: Token, tag?: TagName): unknown {
    this.#start = token.start;
    return this.#make.scalar(token, tag, role === "block-key" || role === "flow-key");
  }

  /** Nothing where a value could stand is null. */
  #nothing(start: number): null {
    this.#anchors.count();
    this.#start = start;
    return null;
  }

  #blockList(tag: TagName | undefined): unknown {
    const { start } = this.#tokens.take();
    const items = this.#dashes(endsOfItem);
    if (this.#takeIf("block-end")) return this.#list(items, tag, start);
    throw new Mistake("indentation", "this is not an item of the list it stands in", this.#tokens.peek().start, {
      since: start,
      hint: "begin it with a dash, or indent it like what it belongs to",
    });
  }

  #dashes(ends: readonly TokenKind[]): Items {
    const items: Items = { values: [], starts: [] };
    for (let dash = this.#takeIf("-"); dash; dash = this.#takeIf("-")) {
      items.values.push(this.#isAt(ends) ? this.#nothing(dash.end) : this.node("item"));
      items.starts.push(this.#start);
    }
    return items;
  }

  #flowList(tag: TagName | undefined): unknown {
    const open = this.#tokens.take();
    const items: Items = { values: [], starts: [] };
    while (this.#hasNext(open, "]", items.values.length === 0)) {
      items.values.push(this.#tokens.peek().kind === "key" ? this.#entryInList() : this.node("flow-value"));
      items.starts.push(this.#start);
    }
    return this.#list(items, tag, open.start);
  }

  /** `[key: value]` is a list with a mapping of one entry. */
  #entryInList(): unknown {
    const { start } = this.#tokens.peek();
    const builder = new MappingBuilder();
    this.#anchors.count();
    this.#entry(builder, "flow", [",", "]"]);
    return this.#mapping(builder, undefined, start);
  }

  #list(items: Items, tag: TagName | undefined, start: number): unknown {
    this.#start = start;
    return this.#make.list(items, tag, start);
  }

  #blockMapping(tag: TagName | undefined): unknown {
    const { start } = this.#tokens.take();
    const builder = new MappingBuilder();
    while (this.#tokens.peek().kind === "key") this.#entry(builder, "block", endsOfEntry);
    if (this.#takeIf("block-end")) return this.#mapping(builder, tag, start);
    throw new Mistake("indentation", "this is not a key of the mapping it stands in", this.#tokens.peek().start, {
      since: start,
      hint: "write it as key: value, or indent it like what it belongs to",
    });
  }

  #flowMapping(tag: TagName | undefined): unknown {
    const open = this.#tokens.take();
    const builder = new MappingBuilder();
    for (let isFirst = true; this.#hasNext(open, "}", isFirst); isFirst = false) {
      if (this.#tokens.peek().kind === "key") this.#entry(builder, "flow", [",", "}"]);
      else this.#keyAlone(builder);
    }
    return this.#mapping(builder, tag, open.start);
  }

  /** Takes the comma, or the closing bracket at the end; one comma may be too many. */
  #hasNext(open: Token, bracket: "]" | "}", isFirst: boolean): boolean {
    if (this.#takeIf(bracket)) return false;
    if (isFirst || this.#takeIf(",")) return !this.#takeIf(bracket);
    const { start, kind } = this.#tokens.peek();
    if (kind === "end") throw new Mistake("closing", `this is never closed with ${bracket}`, open.start);
    throw new Mistake("closing", `a comma or ${bracket} is missing before this`, start, {
      since: open.start,
      hint: `${open.kind} stands for a list or mapping: quote the value if it is meant as text`,
    });
  }

  #mapping(builder: MappingBuilder, tag: TagName | undefined, start: number): unknown {
    this.#start = start;
    return this.#make.mapping(builder, tag, start);
  }

  /** A key and its value, each of which may be missing. */
  #entry(builder: MappingBuilder, style: "block" | "flow", ends: readonly TokenKind[]): void {
    const sign = this.#tokens.take();
    const token = this.#tokens.peek();
    const hasKey = token.kind !== "value" && !this.#isAt(ends);
    const key = hasKey ? this.node(`${style}-key`) : this.#nothing(sign.end);
    const keyStart = this.#start;
    const colon = this.#takeIf("value");
    const hasValue = colon !== undefined && !this.#isAt(ends);
    const value = hasValue ? this.node(`${style}-value`) : this.#nothing(colon?.end ?? this.#tokens.peek().start);
    const isMerge = token.kind === "plain" && token.text === "<<";
    if (isMerge) this.#make.merge(builder, value, this.#start);
    else this.#make.entry(builder, key, value, { keyStart, start: this.#start });
  }

  #keyAlone(builder: MappingBuilder): void {
    const key = this.node("flow-key");
    this.#make.entry(builder, key, null, { keyStart: this.#start, start: this.#start });
  }

  #takeIf(kind: TokenKind): Token | undefined {
    return this.#tokens.peek().kind === kind ? this.#tokens.take() : undefined;
  }

  #isAt(kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#tokens.peek().kind);
  }
}

import { OMIT } from "../omit.ts";
import { copyData } from "../python/copy-data.ts";
import { MAX_TEXT } from "../python/limits.ts";
import { Marker, Tripped } from "../python/marker.ts";
import { TemplateObject } from "../python/object.ts";
import { repr, toText } from "../python/repr.ts";
import type { Render } from "./render.ts";
import { TemplateModule } from "./template-module.ts";

/** Takes what a template prints, piece by piece. */
export class Sink {
  readonly pieces: unknown[] = [];
  readonly render: Render;
  /** A template that extends another prints nothing of its own. */
  isMuted = false;

  constructor(render: Render) {
    this.render = render;
  }

  push(piece: unknown): void {
    if (this.isMuted || piece === null) return;
    if (piece instanceof TemplateModule) {
      for (const each of piece.pieces) this.push(each);
      return;
    }
    if (typeof piece === "string") this.render.budget.print(piece.length);
    this.pieces.push(this.render.isDisplay(piece) ? copyData(piece) : piece);
  }

  /** What was printed, as a value: one piece is itself, several are a text, none is None. */
  value(): unknown {
    if (this.pieces.length === 0) return null;
    return this.pieces.length === 1 ? this.pieces[0] : this.#joined();
  }

  /** What was printed, as a text. */
  text(): string {
    return this.pieces.map((piece) => this.#textOf(piece)).join("");
  }

  #joined(): unknown {
    try {
      return this.text();
    } catch (error) {
      if (error instanceof Tripped) return error.marker;
      throw error;
    }
  }

  #textOf(piece: unknown): string {
    if (typeof piece === "string") return piece;
    if (piece === OMIT) return "";
    if (piece instanceof Marker) return piece.trip();
    const text = printed(this.render.reveal(piece));
    this.render.budget.print(text.length);
    return text;
  }
}

/** Tuples print as lists, and what is omitted does not print, as in Ansible. */
function printed(value: unknown): string {
  const isCollection = typeof value === "object" && value !== null && !(value instanceof TemplateObject);
  return isCollection ? repr(value, { left: MAX_TEXT, level: 0, omitted: OMIT }) : toText(value);
}
